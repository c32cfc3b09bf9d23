import type { Candidate } from '../../clusters/cluster-facts.ts';
import type { ClusterFilter } from '../../clusters/cluster-selection.ts';
import type { Departure, Filter } from './filter.ts';

/**
 * Returns a filter made of rules about the nature of a cluster: its names, labels, properties. Work leaves a cluster that no
 * longer matches once the cluster has been as it is for the grace period, so that what flaps moves nothing; an edit of the
 * policy therefore counts at once. `lasting` is what holds for work that runs, where that is less.
 */
export function selectionFilter(
  name: string,
  selects: ClusterFilter,
  graceMs: number,
  lasting: ClusterFilter = selects,
): Filter {
  return {
    name,
    newWork: ({ facts }) => selects(facts),
    running: (candidate) => departure(candidate, lasting, graceMs),
  };
}

function departure({ facts, changedAt }: Candidate, selects: ClusterFilter, graceMs: number): Departure | undefined {
  const rejection = selects(facts);
  if (rejection === undefined) return undefined;
  return { ...rejection, dueAt: changedAt === undefined ? Number.NEGATIVE_INFINITY : changedAt + graceMs };
}
