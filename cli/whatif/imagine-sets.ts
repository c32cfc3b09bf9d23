import type { KubeObject } from '../../functions/kube/object.ts';
import type { Checked, Problem } from '../../functions/kube/problem.ts';
import { nearest } from '../../functions/kube/schema-suggestion.ts';
import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { listNames } from '../output/table.ts';
import { changeMember } from './change-member.ts';
import type { Changes, ClusterChange } from './changes.ts';
import { type ImaginedSet, readSet, writeSet } from './imagined-set.ts';
import { joinSets } from './join-sets.ts';

/** How old what changes is taken to be: older than any grace period. */
const longAgoMs = 365 * 86_400_000;

/**
 * Returns the ClusterSets of a hub as they would be after the changes, long after: grace periods are over. A cluster whose
 * labels or properties change may leave its set for another, and may lose or get the taints of the set's rules.
 */
export function imagineSets(
  objects: readonly KubeObject[],
  { clusters, added }: Changes,
  now: Instant,
): Checked<readonly KubeObject[]> {
  const since = formatTimestamp(now - longAgoMs);
  const problems: Problem[] = [];
  let sets: readonly ImaginedSet[] = objects.map(readSet);
  for (const document of added) {
    const next = joinSets(sets, document, since);
    if (next.problems === undefined) sets = next.value;
    else problems.push(...next.problems);
  }
  const names = [...new Set(sets.flatMap(({ members }) => members.map(({ name }) => name)))].sort();
  for (const change of clusters) {
    if (names.includes(change.cluster)) sets = changeMember(sets, change, since);
    else problems.push(unknownCluster(change, names));
  }
  return problems.length > 0 ? { problems } : { value: sets.map(writeSet) };
}

function unknownCluster({ cluster, flag }: ClusterChange, names: readonly string[]): Problem {
  const meant = nearest(cluster, names);
  const hint = meant === undefined ? `there are ${listNames(names) || 'none'}` : `did you mean "${meant}"?`;
  return { path: flag, message: `no ClusterSet has a cluster "${cluster}"`, hint };
}
