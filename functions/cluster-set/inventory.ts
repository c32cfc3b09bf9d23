import { candidateOf, type NamespacedName } from '../clusters/cluster-facts.ts';
import type { ClusterFilter } from '../clusters/cluster-selection.ts';
import type { Member } from '../generated/types.ts';
import { formatProblems, type Problem } from '../kube/problem.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';

/** What the inventory of one ClusterSet is made from. */
export interface InventoryFacts {
  readonly clusterSet: NamespacedName;
  /** Members read from all the ClusterProfiles of the set's namespace, whether they match or not. */
  readonly profiles: readonly Member[];
  /** Names of those ClusterProfiles that exist but cannot be read as a member: what was known of them still holds. */
  readonly unreadable?: ReadonlySet<string>;
  readonly filter: ClusterFilter;
  /** The members as last reported: a member that vanished or stopped matching is remembered for a while. */
  readonly before: readonly Member[];
  readonly graceMs: number;
  readonly now: Instant;
}

/** Who is a member, and what was noticed. */
export interface Inventory {
  /** Sorted by name. */
  readonly members: readonly Member[];
  readonly problems: readonly Problem[];
  /** When the next member's grace ends. */
  readonly nextGate?: Instant;
  /** True when every profile is gone at once, which is a failed read rather than a fleet's end: all members are kept. */
  readonly isSuspicious: boolean;
}

/** Returns the debounced members of a ClusterSet: it changes only when something relevant did, and forgets a member only after the grace period. */
export function takeInventory(facts: InventoryFacts): Inventory {
  const problems: Problem[] = [];
  const matching = new Map<string, Member>();
  for (const member of facts.profiles.toSorted(byProfile)) {
    const anonymous = withLostId(member, facts.before);
    if (anonymous !== undefined) {
      problems.push({
        path: 'spec.clusterProfiles',
        message: `${member.clusterProfile.name} no longer says which cluster it is; it stays ${anonymous.name}`,
      });
      matching.set(anonymous.name, anonymous);
      continue;
    }
    const rejection = facts.filter(candidateOf(member, facts.clusterSet).facts);
    if (rejection?.because === 'error') {
      problems.push({
        path: 'spec.clusterProfiles.cel',
        message: `${member.clusterProfile.name}: ${rejection.reason}`,
      });
      const remembered = facts.before.find(({ name }) => name === member.name);
      if (remembered !== undefined) matching.set(member.name, remembered);
      continue;
    }
    if (rejection !== undefined) continue;
    const twin = matching.get(member.name);
    if (twin === undefined) matching.set(member.name, member);
    else
      problems.push({
        path: 'spec.clusterProfiles',
        message: `ClusterProfiles ${twin.clusterProfile.name} and ${member.clusterProfile.name} are both cluster ${member.name}; the first is taken`,
      });
  }
  if (matching.size === 0 && facts.profiles.length > 0) {
    problems.push({
      path: 'spec.clusterProfiles',
      message: `matches none of the ${facts.profiles.length} ClusterProfiles in the namespace`,
      hint: 'members leave the set after the grace period; what runs on them is kept',
    });
  }
  const { unreadable = new Set() } = facts;
  for (const member of facts.before) {
    if (unreadable.has(member.clusterProfile.name) && !matching.has(member.name)) matching.set(member.name, member);
  }
  const isSuspicious = facts.profiles.length + unreadable.size === 0 && facts.before.length > 0;
  const missing = isSuspicious
    ? facts.before
    : facts.before.filter(({ name }) => !matching.has(name)).flatMap(remember(facts));
  const members = [...matching.values(), ...missing].sort((a, b) => (a.name < b.name ? -1 : 1));
  const gates = missing.flatMap(({ missingSince }) =>
    missingSince === undefined ? [] : [Date.parse(missingSince) + facts.graceMs],
  );
  return { members, problems, isSuspicious, ...(gates.length > 0 && { nextGate: Math.min(...gates) }) };
}

/** Returns the message of the condition `Inventoried`. */
export function explainInventory({ members, problems, isSuspicious }: Inventory): string {
  if (isSuspicious)
    return `no ClusterProfile can be found any more; all ${members.length} members are kept until one is`;
  const missing = members.filter(({ missingSince }) => missingSince !== undefined).map(({ name }) => name);
  const notes = missing.length > 0 ? [`kept for the grace period: ${missing.slice(0, 10).join(', ')}`] : [];
  return [...notes, ...(problems.length > 0 ? [formatProblems(problems, 5)] : [])].join('\n');
}

/** Returns the member as it was when its profile lost the id that it went by: under its profile's name it would count as another cluster. */
function withLostId({ name, clusterProfile }: Member, before: readonly Member[]): Member | undefined {
  if (name !== clusterProfile.name) return undefined;
  return before.find(
    (known) =>
      known.name !== name &&
      known.clusterProfile.name === clusterProfile.name &&
      known.clusterProfile.namespace === clusterProfile.namespace,
  );
}

function byProfile(a: Member, b: Member): number {
  const key = ({ clusterProfile: { namespace, name } }: Member) => `${namespace}/${name}`;
  return key(a) < key(b) ? -1 : 1;
}

function remember({ graceMs, now }: InventoryFacts): (member: Member) => readonly Member[] {
  return (member) => {
    const missingSince = member.missingSince ?? formatTimestamp(now);
    return now - Date.parse(missingSince) < graceMs ? [{ ...member, missingSince }] : [];
  };
}
