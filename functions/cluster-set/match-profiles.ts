import { candidateOf } from '../clusters/cluster-facts.ts';
import type { Member } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import { configOf, idOf } from './identify-members.ts';
import type { InventoryFacts } from './inventory.ts';

/** Which profiles match a ClusterSet. */
export type MatchedProfiles = {
  /** Sorted by the names of their profiles. */
  readonly matching: readonly Member[];
  /** Members of before that stay as they were, because nobody can tell what has become of them. */
  readonly kept: readonly Member[];
  readonly problems: readonly Problem[];
};

/** Returns the profiles that match a ClusterSet, and the members that stay because their profile gives no answer. */
export function matchProfiles(facts: InventoryFacts): MatchedProfiles {
  const { before, unreadable = new Set(), profiles } = facts;
  const matching: Member[] = [];
  const kept = new Set(before.filter(({ clusterProfile }) => unreadable.has(clusterProfile.name)));
  const problems: Problem[] = [];
  for (const member of profiles.toSorted(byProfile)) {
    const anonymous = withLostId(member, before);
    if (anonymous !== undefined) {
      problems.push({
        path: 'spec.clusterProfiles',
        message: `${member.clusterProfile.name} no longer says which cluster it is; it stays ${anonymous.name}`,
      });
      kept.add(anonymous);
      continue;
    }
    const rejection = facts.filter(candidateOf(member, facts.clusterSet).facts);
    if (rejection === undefined) matching.push(member);
    else if (rejection.because === 'error') {
      problems.push({
        path: 'spec.clusterProfiles.cel',
        message: `${member.clusterProfile.name}: ${rejection.reason}`,
      });
      const remembered = before.find((known) => known.name === member.name || isSameProfile(known, member));
      if (remembered !== undefined) kept.add(remembered);
    }
  }
  if (matching.length + kept.size === 0 && profiles.length > 0) {
    problems.push({
      path: 'spec.clusterProfiles',
      message: `matches none of the ${profiles.length} ClusterProfiles in the namespace`,
      hint: 'members leave the set after the grace period; what runs on them is kept',
    });
  }
  return { matching, kept: [...kept], problems };
}

/**
 * Returns the member as it was when its profile lost the id that it went by: under its profile's name it would count as another
 * cluster. A profile that tells the way to another member has not lost its id but speaks of that one.
 */
function withLostId(member: Member, before: readonly Member[]): Member | undefined {
  if (idOf(member) !== undefined) return undefined;
  const known = before.find((each) => idOf(each) === each.name && isSameProfile(each, member));
  return before.some((each) => each !== known && configOf(each) === configOf(member)) ? undefined : known;
}

function isSameProfile({ clusterProfile: a }: Member, { clusterProfile: b }: Member): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

function byProfile(a: Member, b: Member): number {
  const key = ({ clusterProfile: { namespace, name } }: Member) => `${namespace}/${name}`;
  return key(a) < key(b) ? -1 : 1;
}
