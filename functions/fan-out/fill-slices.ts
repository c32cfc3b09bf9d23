import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { Assignment, RolloutRecord } from '../generated/types.ts';
import type { ObservedSlice } from '../slices/observed-slices.ts';
import { hasLeft, nextSequence } from '../slices/placed-assignment.ts';
import type { Moves } from './gate/moves.ts';

/** A slice as it should be. */
export type DesiredSlice = {
  readonly key: string;
  /** Absent for a new slice. */
  readonly observed?: ObservedSlice;
  readonly clusterSet: NamespacedName;
  /** Sorted by cluster name. */
  readonly assignments: readonly Assignment[];
  /** What is remembered of the rollout; in the first slice alone. */
  readonly rollout?: RolloutRecord;
};

/** Most clusters one slice may hold, and most Objects it should: measured on a real hub (one slice re-applies all of its Objects on every event). */
const maxClusters = 25;
const maxObjects = 150;

/** Returns how many clusters a new entry may find in a slice before it goes to the next, for a number of manifests a cluster. */
export function sliceCapacity(manifests: number): number {
  return Math.min(maxClusters, Math.max(1, Math.floor(maxObjects / Math.max(1, manifests))));
}

/**
 * Returns the slices after the moves: changed entries stay where they are (an entry that moved to another slice would have
 * its objects deleted and recreated), joins fill the first slice of their ClusterSet with room, left ones are dropped, and
 * so are slices without entries. The record of the rollout goes into the first; before the first cluster has joined, a slice
 * without entries keeps what people were asked.
 */
export function fillSlices(
  observed: readonly ObservedSlice[],
  { set, leave }: Pick<Moves, 'set' | 'leave'>,
  clusterSetOf: (cluster: string) => NamespacedName | undefined,
  capacity: number,
  record: RolloutRecord | undefined,
): readonly DesiredSlice[] {
  const changes = new Map(set.map((assignment) => [assignment.cluster, assignment]));
  const leaving = new Set(leave);
  const slices = observed.map((slice) => ({
    key: slice.key,
    observed: slice,
    clusterSet: slice.clusterSet,
    assignments: slice.entries
      .filter((entry) => !hasLeft(entry))
      .map((entry): Assignment => {
        const { assignment } = entry;
        if (assignment.state === 'Leaving') return assignment;
        if (leaving.has(assignment.cluster)) return { ...assignment, state: 'Leaving', sequence: nextSequence(entry) };
        return changes.get(assignment.cluster) ?? assignment;
      })
      // Clusters without an entry of their own come last; in a full slice they wait, for one entry too many has the whole slice refused.
      .slice(0, maxClusters),
  }));
  const present = new Set(
    observed.flatMap(({ entries }) =>
      entries.filter((entry) => !hasLeft(entry)).map(({ assignment }) => assignment.cluster),
    ),
  );
  const filled: { key: string; clusterSet: NamespacedName; observed?: ObservedSlice; assignments: Assignment[] }[] =
    slices;
  for (const assignment of set.toSorted((a, b) => (a.cluster < b.cluster ? -1 : 1))) {
    const clusterSet = clusterSetOf(assignment.cluster);
    if (present.has(assignment.cluster) || clusterSet === undefined) continue;
    const slice = filled.find((each) => sameSet(each.clusterSet, clusterSet) && each.assignments.length < capacity);
    if (slice === undefined) filled.push({ key: freeKey(clusterSet, filled), clusterSet, assignments: [assignment] });
    else slice.assignments.push(assignment);
  }
  const inUse = filled.filter(({ assignments }) => assignments.length > 0);
  const asksPeople = record?.asks !== undefined && record.endedAt === undefined;
  const keeper = inUse.length === 0 && asksPeople ? (filled[0] ?? emptySlice(record, clusterSetOf)) : undefined;
  return [...inUse, ...(keeper === undefined ? [] : [keeper])]
    .map((slice) => ({ ...slice, assignments: slice.assignments.toSorted((a, b) => (a.cluster < b.cluster ? -1 : 1)) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((slice, index) => (index === 0 && record !== undefined ? { ...slice, rollout: record } : slice));
}

/** A slice of the ClusterSet of a cluster that people were asked about. */
function emptySlice(
  { asks = [] }: RolloutRecord,
  clusterSetOf: (cluster: string) => NamespacedName | undefined,
): DesiredSlice | undefined {
  const cluster = asks[0]?.clusters[0];
  const clusterSet = cluster === undefined ? undefined : clusterSetOf(cluster);
  return clusterSet && { key: freeKey(clusterSet, []), clusterSet, assignments: [] };
}

function sameSet(a: NamespacedName, b: NamespacedName): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

function freeKey({ namespace, name }: NamespacedName, slices: readonly { readonly key: string }[]): string {
  const taken = new Set(slices.map(({ key }) => key));
  for (let index = 0; ; index++) {
    const key = `slice/${namespace}/${name}/${index}`;
    if (!taken.has(key)) return key;
  }
}
