import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type {
  Assignment,
  AssignmentSliceSpec,
  AssignmentSliceStatus,
  AssignmentStatus,
  CapacityPromises,
  RolloutRecord,
} from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { ClusterAddress } from './cluster-addresses.ts';
import { newestRecord } from './newest-record.ts';
import { entryHash, entryKey, isDone, nextSequence, type PlacedAssignment } from './placed-assignment.ts';
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
  /** What the slice remembers of its owner's rollout; it names clusters by the keys of their entries. */
  readonly rollout?: RolloutRecord;
  /** Clusters that the inventory calls unhealthy. */
  readonly unhealthy?: readonly UnhealthyCluster[];
  /** Clusters that the PlacementDecisions no longer name. */
  readonly missing?: readonly MissingCluster[];
  /** What the clusters were promised of an amount that they report as free. */
  readonly promises?: CapacityPromises;
  /** Clusters whose replicas others run. */
  readonly replaced?: readonly string[];
};

/** A cluster that the PlacementDecisions no longer name, and since when. */
export type MissingCluster = NonNullable<AssignmentSliceSpec['missing']>[number];

/**
 * Returns the slices among the observed composed resources, sorted by key, with the clusters under the names and provider
 * configurations that they have by now, as far as addresses tell.
 */
export function observedSlices(
  resources: ReadonlyMap<string, KubeObject>,
  addresses: readonly ClusterAddress[] = [],
): readonly ObservedSlice[] {
  const byKey = new Map(addresses.map((address) => [address.key, address]));
  const slices = [...resources]
    .filter(([, { kind }]) => kind === 'AssignmentSlice')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, object]) => {
      const spec = object.spec;
      return isJsonObject(spec) ? [readSlice(key, object, spec as AssignmentSliceSpec, byKey)] : [];
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

function readSlice(
  key: string,
  object: KubeObject,
  spec: AssignmentSliceSpec,
  addresses: ReadonlyMap<string, ClusterAddress>,
): ObservedSlice {
  const status = (isJsonObject(object.status) ? object.status : {}) as AssignmentSliceStatus;
  const reported = new Map((status.assignments ?? []).map((entry) => [entryKey(entry), entry]));
  const assignments: readonly Assignment[] = spec.assignments ?? [];
  const known = new Set(assignments.map(entryKey));
  const rollout = newestRecord([spec.rollout, status.rollout]);
  const strays = [...reported.values()].filter((stray) => !known.has(entryKey(stray)) && stray.phase === 'Stray');
  const all = [
    ...assignments.map((assignment) => ({ assignment, status: reported.get(entryKey(assignment)) })),
    ...strays.map((stray) => ({ assignment: recovered(stray), status: stray })),
  ];
  const names = new Map(
    all.map(({ assignment }) => [assignment.cluster, addressed(assignment, addresses).cluster] as const),
  );
  const renamed = <Named extends { readonly cluster: string }>(each: Named): Named => ({
    ...each,
    cluster: names.get(each.cluster) ?? each.cluster,
  });
  return {
    key,
    name: object.metadata.name ?? '',
    clusterSet: spec.clusterSet,
    object,
    ...(rollout !== undefined && { rollout }),
    ...(spec.unhealthy !== undefined && { unhealthy: spec.unhealthy.map(renamed) }),
    ...(spec.missing !== undefined && { missing: spec.missing.map(renamed) }),
    ...(spec.promises !== undefined && {
      promises: { ...spec.promises, clusters: spec.promises.clusters.map(renamed) },
    }),
    ...(spec.replaced !== undefined && { replaced: spec.replaced.map((cluster) => names.get(cluster) ?? cluster) }),
    entries: all.map((each) => placed(addressed(each.assignment, addresses), key, each.status)),
  };
}

/** Returns an entry under the name that its cluster has by now. It keeps its key, so that its objects stay what they are. */
function addressed(assignment: Assignment, addresses: ReadonlyMap<string, ClusterAddress>): Assignment {
  const key = entryKey(assignment);
  const address = addresses.get(key);
  if (address === undefined) return assignment;
  const { cluster, providerConfig = assignment.providerConfig } = address;
  return { ...assignment, cluster, providerConfig, ...(cluster !== key && { key }) };
}

/**
 * Returns an entry for a cluster whose objects have none any more, as an outdated read of the slice can cause: it is then
 * updated or leaves like any other. Delivery keeps the objects as they are while it cannot instantiate the entry.
 */
function recovered({ cluster, key, providerConfig, revision }: AssignmentStatus): Assignment {
  return {
    cluster,
    ...(key !== undefined && { key }),
    providerConfig: providerConfig ?? { kind: 'ClusterProviderConfig', name: cluster },
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
