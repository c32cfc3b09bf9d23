import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { ClusterFilter } from '../clusters/cluster-selection.ts';
import type { Member } from '../generated/types.ts';
import { boundedName } from '../kube/names.ts';
import { formatProblems, type Problem } from '../kube/problem.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { admitMembers } from './admit-members.ts';
import { matchProfiles } from './match-profiles.ts';

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
  /** The member of before that each member continues, whatever it was called. */
  readonly knownAs: ReadonlyMap<Member, Member>;
  readonly problems: readonly Problem[];
  /** When the next member's grace ends. */
  readonly nextGate?: Instant;
  /** True when every profile is gone at once, which is a failed read rather than a fleet's end: all members are kept. */
  readonly isSuspicious: boolean;
}

/**
 * Returns the debounced members of a ClusterSet: it changes only when something relevant did, and forgets a member only after
 * the grace period. One that is missing while another has taken its name is kept under a name of its own.
 */
export function takeInventory(facts: InventoryFacts): Inventory {
  const { before, profiles, unreadable = new Set() } = facts;
  const matched = matchProfiles(facts);
  const { members: present, knownAs, problems } = admitMembers(matched, before);
  const isSuspicious = profiles.length + unreadable.size === 0 && before.length > 0;
  const continued = new Set(knownAs.values());
  const names = new Set(present.map(({ name }) => name));
  const missing = isSuspicious
    ? before
    : before
        .filter((known) => !continued.has(known))
        .flatMap(remember(facts))
        .map(makeWay(names));
  const members = [...present, ...missing].sort((a, b) => (a.name < b.name ? -1 : 1));
  const gates = missing.flatMap(({ missingSince }) =>
    missingSince === undefined ? [] : [Date.parse(missingSince) + facts.graceMs],
  );
  return {
    ...{ members, problems: [...matched.problems, ...problems], isSuspicious },
    knownAs: new Map([...knownAs, ...missing.map((member) => [member, member] as const)]),
    ...(gates.length > 0 && { nextGate: Math.min(...gates) }),
  };
}

/** Returns the message of the condition `Inventoried`. */
export function explainInventory({
  members,
  problems,
  isSuspicious,
}: Pick<Inventory, 'members' | 'problems' | 'isSuspicious'>): string {
  if (isSuspicious)
    return `no ClusterProfile can be found any more; all ${members.length} members are kept until one is`;
  const missing = members.filter(({ missingSince }) => missingSince !== undefined).map(({ name }) => name);
  const notes = missing.length > 0 ? [`kept for the grace period: ${missing.slice(0, 10).join(', ')}`] : [];
  return [...notes, ...(problems.length > 0 ? [formatProblems(problems, 5)] : [])].join('\n');
}

/** A name that another cluster has now says nothing of the one that is missing. */
function makeWay(names: ReadonlySet<string>): (member: Member) => Member {
  return (member) => (names.has(member.name) ? { ...member, name: boundedName(['former', member.name]) } : member);
}

function remember({ graceMs, now }: InventoryFacts): (member: Member) => readonly Member[] {
  return (member) => {
    const missingSince = member.missingSince ?? formatTimestamp(now);
    return now - Date.parse(missingSince) < graceMs ? [{ ...member, missingSince }] : [];
  };
}
