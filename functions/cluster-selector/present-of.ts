import { shortRevision } from '../revision/revision-content.ts';
import { readPromises } from '../slices/capacity-promises.ts';
import { goalReplicas } from '../slices/goal-replicas.ts';
import type { ObservedSlice } from '../slices/observed-slices.ts';
import { isDone } from '../slices/placed-assignment.ts';
import type { Present } from './placement.ts';

/** Returns the assignments that exist, with what their slices remember of them; `property` is that by which room is told, if any. */
export function presentOf(slices: readonly ObservedSlice[], property: string | undefined): readonly Present[] {
  const goalOf = goalReplicas(slices);
  return slices.flatMap(({ clusterSet, entries, promises, replaced = [] }) => {
    const promised = property === undefined ? undefined : readPromises(promises, property);
    return entries.map((entry): Present => {
      const { cluster, state, revision, providerConfig } = entry.assignment;
      const promise = promised?.get(cluster);
      return {
        ...{ cluster, clusterSet, providerConfig, replicas: goalOf(entry.assignment) },
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
