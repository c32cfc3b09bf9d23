import type { Assignment } from '../generated/types.ts';
import { newestRecord } from './newest-record.ts';
import type { ObservedSlice } from './observed-slices.ts';
import { entryKey } from './placed-assignment.ts';

/**
 * Returns a function that tells the replicas by component which an entry was meant to have in the end: fewer than it has
 * where it keeps some until others are healthy with theirs. Who divides anew goes by these, or a move that is under way
 * would look like replicas that are too many.
 */
export function goalReplicas(
  slices: readonly ObservedSlice[],
): (assignment: Assignment) => { readonly [component: string]: number } {
  const record = newestRecord(slices.map(({ rollout }) => rollout));
  const goals = new Map((record?.keeping ?? []).map(({ cluster, replicas }) => [cluster, replicas]));
  return (assignment) => {
    const { replicas = {} } = assignment;
    const goal = goals.get(entryKey(assignment));
    if (goal === undefined) return replicas;
    return Object.fromEntries(
      Object.entries(replicas).map(([component, count]) => [component, Math.min(count, goal[component] ?? count)]),
    );
  };
}
