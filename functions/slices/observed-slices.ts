import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type {
  Assignment,
  AssignmentSliceSpec,
  AssignmentSliceStatus,
  AssignmentStatus,
  RolloutRecord,
} from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { newestRecord } from './newest-record.ts';
import { entryHash, isDone, nextSequence, type PlacedAssignment } from './placed-assignment.ts';
import type { UnhealthyCluster } from './unhealthy-clusters.ts';

/** A slice as it was observed: one AssignmentSlice with at most 25 clusters of one ClusterSet. */
export type ObservedSlice = {
  /** Its composition resource key. */
  readonly key: string;
  readonly name: string;
  readonly clusterSet: NamespacedName;
  readonly object: KubeObject;
  /** One for each cluster, those included whose entry got lost while their objects are still there. */
  readonly entries: readonly PlacedAssignment[];
  /** What the slice remembers of its owner's rollout. */
  readonly rollout?: RolloutRecord;
  /** Clusters that the inventory calls unhealthy. */
  readonly unhealthy?: readonly UnhealthyCluster[];
};

/** Returns the slices among the observed composed resources, sorted by key. */
export function observedSlices(resources: ReadonlyMap<string, KubeObject>): readonly ObservedSlice[] {
  const slices = [...resources]
    .filter(([, { kind }]) => kind === 'AssignmentSlice')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, object]) => {
      const spec = object.spec;
      return isJsonObject(spec) ? [readSlice(key, object, spec as AssignmentSliceSpec)] : [];
    });
  const places = onePlaceEach(slices.flatMap(({ entries }) => entries));
  return slices.map((slice) => ({
    ...slice,
    entries: slice.entries.map((entry) => (places.get(entry.assignment.cluster) === entry ? entry : retired(entry))),
  }));
}

/**
 * Returns the one entry that counts for each cluster. An outdated read can add a cluster to a second slice; the slice that
 * has delivered to it keeps it, for the objects are there.
 */
function onePlaceEach(entries: readonly PlacedAssignment[]): ReadonlyMap<string, PlacedAssignment> {
  const rank = (entry: PlacedAssignment) =>
    (entry.assignment.state === 'Assigned' ? 4 : 0) + (isDone(entry) ? 2 : 0) + (entry.delivered === undefined ? 0 : 1);
  const places = new Map<string, PlacedAssignment>();
  for (const entry of entries) {
    const other = places.get(entry.assignment.cluster);
    if (other === undefined || rank(entry) > rank(other)) places.set(entry.assignment.cluster, entry);
  }
  return places;
}

/** The entry of a cluster that stands in another slice as well: this one leaves. */
function retired(entry: PlacedAssignment): PlacedAssignment {
  const { assignment, sliceKey, delivered } = entry;
  if (assignment.state === 'Leaving') return entry;
  const leaving: Assignment = { ...assignment, state: 'Leaving', sequence: nextSequence(entry) };
  return { assignment: leaving, sliceKey, ...(delivered !== undefined && { delivered }) };
}

function readSlice(key: string, object: KubeObject, spec: AssignmentSliceSpec): ObservedSlice {
  const status = (isJsonObject(object.status) ? object.status : {}) as AssignmentSliceStatus;
  const reported = new Map((status.assignments ?? []).map((entry) => [entry.cluster, entry]));
  const assignments: readonly Assignment[] = spec.assignments ?? [];
  const entries = assignments.map((assignment) => placed(assignment, key, reported.get(assignment.cluster)));
  const known = new Set(assignments.map(({ cluster }) => cluster));
  const rollout = newestRecord([spec.rollout, status.rollout]);
  const strays = [...reported.values()].filter(({ cluster, phase }) => !known.has(cluster) && phase === 'Stray');
  return {
    key,
    name: object.metadata.name ?? '',
    clusterSet: spec.clusterSet,
    object,
    ...(rollout !== undefined && { rollout }),
    ...(spec.unhealthy !== undefined && { unhealthy: spec.unhealthy }),
    entries: [
      ...entries,
      ...strays.map((stray) => ({ assignment: recovered(stray), sliceKey: key, ...delivered(stray) })),
    ],
  };
}

/**
 * Returns an entry for a cluster whose objects have none any more, as an outdated read of the slice can cause: it is then
 * updated or leaves like any other. Delivery keeps the objects as they are while it cannot instantiate the entry.
 */
function recovered({ cluster, revision }: AssignmentStatus): Assignment {
  return {
    cluster,
    providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
    revision: revision || 'unknown',
    format: 1,
    state: 'Assigned',
  };
}

function placed(assignment: Assignment, sliceKey: string, status: AssignmentStatus | undefined): PlacedAssignment {
  const entry = asDelivered(assignment, status);
  const isCurrent = status !== undefined && status.entry === entryHash(entry);
  return { assignment: entry, sliceKey, ...(isCurrent && { status }), ...delivered(status), ...healthy(entry, status) };
}

/** A report that says nothing of it counts; what was there before a cluster left does not. */
function healthy(
  { replicas }: Assignment,
  status: AssignmentStatus | undefined,
): Pick<PlacedAssignment, 'healthyReplicas'> {
  const hasGone = status === undefined || status.phase === 'Leaving' || status.phase === 'Left';
  const known = hasGone ? undefined : (status.healthyReplicas ?? replicas);
  return known === undefined ? {} : { healthyReplicas: known };
}

/**
 * An outdated read may have put an entry back. Then what was delivered last says whether the cluster is leaving: one whose
 * objects are going goes on until they are gone, for it joins again with a higher sequence only; and one that had joined
 * again does not leave.
 */
function asDelivered(assignment: Assignment, status: AssignmentStatus | undefined): Assignment {
  if (status?.sequence === undefined || status.sequence < (assignment.sequence ?? 0)) return assignment;
  const isLeaving = status.phase === 'Leaving' || status.phase === 'Left';
  if (isLeaving) return { ...assignment, state: 'Leaving', sequence: status.sequence };
  return status.sequence === assignment.sequence ? assignment : { ...assignment, state: 'Assigned' };
}

function delivered(status: AssignmentStatus | undefined): Pick<PlacedAssignment, 'delivered'> {
  return status?.sequence === undefined ? {} : { delivered: status.sequence };
}
