import type { AssignmentSliceSpec } from '../generated/types.ts';
import type { KubeObject } from '../kube/object.ts';
import { shortRevision } from '../revision/revision-content.ts';
import { readPromises } from '../slices/capacity-promises.ts';
import { goalReplicas } from '../slices/goal-replicas.ts';
import { observedSlices } from '../slices/observed-slices.ts';
import { isDone } from '../slices/placed-assignment.ts';
import type { Present } from './placement.ts';

/** Returns the assignments that exist, with what their slices remember of them; `property` is that by which room is told, if any. */
export function presentOf(
  resources: ReadonlyMap<string, KubeObject>,
  property: string | undefined,
): readonly Present[] {
  const slices = observedSlices(resources);
  const goalOf = goalReplicas(slices);
  return slices.flatMap(({ clusterSet, entries, object }) => {
    const { promises, replaced = [] } = (object.spec ?? {}) as Partial<AssignmentSliceSpec>;
    const promised = property === undefined ? undefined : readPromises(promises, property);
    return entries.map((entry): Present => {
      const { cluster, state, revision } = entry.assignment;
      const promise = promised?.get(cluster);
      return {
        ...{ cluster, clusterSet, replicas: goalOf(entry.assignment) },
        leaving: state === 'Leaving',
        isHealthy: isDone(entry),
        revision: shortRevision(revision),
        ...(isDone(entry) && entry.status !== undefined && { readySince: Date.parse(entry.status.since) }),
        ...(promise !== undefined && { promise }),
        ...(replaced.includes(cluster) && { isReplaced: true }),
      };
    });
  });
}
