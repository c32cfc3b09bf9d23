import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { Assignment, AssignmentSliceSpec, AssignmentSliceStatus, AssignmentStatus } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { entryHash, type PlacedAssignment } from './placed-assignment.ts';

/** A slice as it was observed: one AssignmentSlice with at most 25 clusters of one ClusterSet. */
export type ObservedSlice = {
  /** Its composition resource key. */
  readonly key: string;
  readonly name: string;
  readonly clusterSet: NamespacedName;
  readonly object: KubeObject;
  /** One for each cluster, those included whose entry got lost while their objects are still there. */
  readonly entries: readonly PlacedAssignment[];
};

/** Returns the slices among the observed composed resources, sorted by key. */
export function observedSlices(resources: ReadonlyMap<string, KubeObject>): readonly ObservedSlice[] {
  return [...resources]
    .filter(([, { kind }]) => kind === 'AssignmentSlice')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, object]) => {
      const spec = object.spec;
      return isJsonObject(spec) ? [readSlice(key, object, spec as AssignmentSliceSpec)] : [];
    });
}

function readSlice(key: string, object: KubeObject, spec: AssignmentSliceSpec): ObservedSlice {
  const status = (isJsonObject(object.status) ? object.status : {}) as AssignmentSliceStatus;
  const reported = new Map((status.assignments ?? []).map((entry) => [entry.cluster, entry]));
  const assignments: readonly Assignment[] = spec.assignments ?? [];
  const entries = assignments.map((assignment) => placed(assignment, key, reported.get(assignment.cluster)));
  const known = new Set(assignments.map(({ cluster }) => cluster));
  const strays = [...reported.values()].filter(({ cluster, phase }) => !known.has(cluster) && phase === 'Stray');
  return {
    key,
    name: object.metadata.name ?? '',
    clusterSet: spec.clusterSet,
    object,
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
  const entry = hasBegunToLeave(assignment, status)
    ? { ...assignment, state: 'Leaving' as const, ...sequenceOf(status) }
    : assignment;
  const isCurrent = status !== undefined && status.entry === entryHash(entry);
  return { assignment: entry, sliceKey, ...(isCurrent && { status }), ...delivered(status) };
}

/** An outdated read may have put an entry back to Assigned; a cluster whose objects are going must not get them again before they are gone. */
function hasBegunToLeave({ state, sequence = 0 }: Assignment, status: AssignmentStatus | undefined): boolean {
  const isLeaving = status?.phase === 'Leaving' || status?.phase === 'Left';
  return state === 'Assigned' && isLeaving && (status.sequence ?? 0) > sequence;
}

function sequenceOf(status: AssignmentStatus | undefined): { readonly sequence?: number } {
  return status?.sequence === undefined ? {} : { sequence: status.sequence };
}

function delivered(status: AssignmentStatus | undefined): Pick<PlacedAssignment, 'delivered'> {
  return status?.sequence === undefined ? {} : { delivered: status.sequence };
}
