import type { Placement } from '../../functions/cluster-selector/placement.ts';
import type { NamespacedName } from '../../functions/clusters/cluster-facts.ts';
import type { Assignment, AssignmentSliceSpec, AssignmentSliceStatus } from '../../functions/generated/types.ts';
import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import { observedSlices } from '../../functions/slices/observed-slices.ts';
import { entryHash } from '../../functions/slices/placed-assignment.ts';
import { keyAnnotation } from '../offline-hub/composed-resource.ts';

/** A cluster that a composite is assigned to. */
export interface Assigned {
  readonly cluster: string;
  readonly clusterSet: NamespacedName;
  /** Replicas by component. */
  readonly replicas: { readonly [component: string]: number };
}

/** Where a composite is, all healthy, and what else its next placement depends on. */
export interface Whereabouts {
  /** Sorted by cluster. */
  readonly assigned: readonly Assigned[];
  readonly rescheduledAt?: string;
}

/** Returns where a composite is by its AssignmentSlices; what is leaving counts as gone. */
export function whereaboutsOf(composite: KubeObject, slices: ReadonlyMap<string, KubeObject>): Whereabouts {
  const status = isJsonObject(composite.status) ? composite.status : {};
  const placement = isJsonObject(status['placement']) ? status['placement'] : {};
  const { rescheduledAt } = placement;
  const assigned = observedSlices(slices).flatMap(({ clusterSet, entries }) =>
    entries
      .filter(({ assignment }) => assignment.state === 'Assigned')
      .map(({ assignment: { cluster, replicas = {} } }) => ({ cluster, clusterSet, replicas })),
  );
  return { assigned: assigned.sort(byCluster), ...(typeof rescheduledAt === 'string' && { rescheduledAt }) };
}

/** Returns where a composite is once a placement has been carried out: what was chosen is healthy, what was leaving is gone, what waits for something is not there. */
export function follow(before: Whereabouts, { mode, chosen, verdicts, rescheduledAt }: Placement): Whereabouts {
  if (mode === 'KeepLastGood') return before;
  const present = new Set(before.assigned.map(({ cluster }) => cluster));
  const wanted = new Set(chosen.map(({ facts }) => facts.name));
  const leaving = new Set(verdicts.flatMap(({ verdict, cluster }) => (verdict === 'Leaving' ? [cluster] : [])));
  const assigned = [
    ...chosen
      .filter(({ facts, waitingFor }) => waitingFor === undefined || present.has(facts.name))
      .map(({ facts, clusterSet, replicas }) => ({ cluster: facts.name, clusterSet, replicas })),
    ...before.assigned.filter(({ cluster }) => !wanted.has(cluster) && !leaving.has(cluster)),
  ];
  return { assigned: assigned.sort(byCluster), ...(rescheduledAt !== undefined && { rescheduledAt }) };
}

/** Returns the AssignmentSlices of a composite that is there, by composition resource name, for the next placement to be decided from. */
export function slicesOf({ assigned }: Whereabouts): ReadonlyMap<string, KubeObject> {
  const bySet = Map.groupBy(assigned, ({ clusterSet: { namespace, name } }) => `slice/${namespace}/${name}/0`);
  return new Map([...bySet].map(([key, own]) => [key, sliceOf(key, own)]));
}

function sliceOf(key: string, own: readonly Assigned[]): KubeObject {
  const assignments = own.map(
    ({ cluster, replicas }): Assignment => ({
      cluster,
      providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
      revision: 'imagined',
      format: 1,
      ...(Object.keys(replicas).length > 0 && { replicas }),
      state: 'Assigned',
    }),
  );
  const spec: Omit<AssignmentSliceSpec, 'owner'> = {
    clusterSet: own[0]?.clusterSet ?? { namespace: '', name: '' },
    assignments,
  };
  const status: AssignmentSliceStatus = {
    assignments: assignments.map((assignment) => ({
      cluster: assignment.cluster,
      entry: entryHash(assignment),
      revision: assignment.revision,
      phase: 'Healthy',
      objects: { desired: 1, ready: 1 },
      messages: [],
      since: '2000-01-01T00:00:00Z',
    })),
  };
  return {
    apiVersion: crossplyApiVersion,
    kind: 'AssignmentSlice',
    metadata: { name: key, annotations: { [keyAnnotation]: key } },
    spec: spec as unknown as JsonObject,
    status: status as unknown as JsonObject,
  };
}

function byCluster(a: Assigned, b: Assigned): number {
  return a.cluster < b.cluster ? -1 : 1;
}
