import { type GivenTaint, taintKey } from '../../functions/cluster-set/taint-members.ts';
import type { Member } from '../../functions/generated/types.ts';
import type { ClusterChange } from './changes.ts';
import { type ImaginedSet, withMember, withTaints } from './imagined-set.ts';

/** Returns the sets after a change of one cluster; one that is removed is in none, and one whose labels or properties change may leave a set, and join others of the same inventory. */
export function changeMember(
  sets: readonly ImaginedSet[],
  change: ClusterChange,
  since: string,
): readonly ImaginedSet[] {
  if (change.isRemoved)
    return sets.map((set) => ({ ...set, members: set.members.filter(({ name }) => name !== change.cluster) }));
  const home = sets.find(({ members }) => members.some(({ name }) => name === change.cluster));
  const known = home?.members.find(({ name }) => name === change.cluster);
  return sets.map((set) => {
    const own = set.members.find(({ name }) => name === change.cluster);
    const before = own ?? known;
    if (before === undefined || set.spec.clusterProfiles.namespace !== before.clusterProfile.namespace) return set;
    if (own === undefined && !changesFacts(change)) return set;
    const after = changeFacts(before, change, since);
    const rejection = changesFacts(change) ? set.rejects(after) : undefined;
    const stays = rejection === undefined || (rejection.because === 'error' && own !== undefined);
    if (!stays) return { ...set, members: set.members.filter(({ name }) => name !== change.cluster) };
    const given = changesFacts(change) ? set.taintsOf(after) : (after.taints ?? []);
    return withMember(set, withTaints(forget(after, change.taints), replaceTaints(given, change.taints), since));
  });
}

function changesFacts({ labels, properties }: ClusterChange): boolean {
  return Object.keys(labels).length + Object.keys(properties).length > 0;
}

/** Without the time of a change, a cluster counts as having been so for ever. */
function changeFacts(member: Member, change: ClusterChange, since: string): Member {
  const { changedAt, ...rest } = member;
  const steady = changedAt === undefined || changesFacts(change) ? rest : member;
  return {
    ...steady,
    ...(Object.keys(change.labels).length > 0 && { labels: { ...member.labels, ...change.labels } }),
    ...(Object.keys(change.properties).length > 0 && { properties: { ...member.properties, ...change.properties } }),
    ...(change.isUnhealthy && { healthy: false, healthChangedAt: since }),
  };
}

/** A taint that is asked for counts as old, even where the cluster got it a moment ago. */
function forget({ taints = [], ...member }: Member, asked: readonly GivenTaint[]): Member {
  return { ...member, taints: taints.filter((taint) => !asked.some((each) => taintKey(each) === taintKey(taint))) };
}

/** A taint takes the place of one of the same key and effect, as with kubectl taint --overwrite. */
function replaceTaints(before: readonly GivenTaint[], added: readonly GivenTaint[]): readonly GivenTaint[] {
  const place = ({ key, effect }: GivenTaint) => `${key}:${effect}`;
  const taints = new Map(
    [...before, ...added].map(({ key, value, effect }) => {
      const taint: GivenTaint = { key, ...(value !== undefined && { value }), effect };
      return [place(taint), taint];
    }),
  );
  return [...taints].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, taint]) => taint);
}
