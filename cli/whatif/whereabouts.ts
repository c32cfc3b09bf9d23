import type { Placement } from '../../functions/cluster-selector/placement.ts';
import type { NamespacedName } from '../../functions/clusters/cluster-facts.ts';
import type { Assignment, AssignmentSliceSpec, AssignmentSliceStatus } from '../../functions/generated/types.ts';
import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import type { ClusterAddress } from '../../functions/slices/cluster-addresses.ts';
import { observedSlices } from '../../functions/slices/observed-slices.ts';
import { entryHash, entryKey } from '../../functions/slices/placed-assignment.ts';
import { keyAnnotation } from '../offline-hub/composed-resource.ts';

/** Since when what is imagined has been so: whoever a decision does not name has been missing for long. */
const longAgo = '2000-01-01T00:00:00Z';

/** A cluster that a composite is assigned to. */
export interface Assigned {
  readonly cluster: string;
  /** What its objects go by, where that is not its name. */
  readonly key?: string;
  readonly providerConfig: Assignment['providerConfig'];
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
      .map(({ assignment: { cluster, key, providerConfig, replicas = {} } }) => ({
        ...{ cluster, providerConfig, clusterSet, replicas },
        ...(key !== undefined && { key }),
      })),
  );
  return { assigned: assigned.sort(byCluster), ...(typeof rescheduledAt === 'string' && { rescheduledAt }) };
}

/** Returns where a composite is by the names and provider configurations that its clusters have by now. */
export function readdress(before: Whereabouts, addresses: readonly ClusterAddress[] = []): Whereabouts {
  if (addresses.length === 0) return before;
  const byKey = new Map(addresses.map((address) => [address.key, address]));
  const assigned = before.assigned.map((each) => {
    const address = byKey.get(entryKey(each));
    return address === undefined ? each : { ...each, ...address };
  });
  return { ...before, assigned: assigned.sort(byCluster) };
}

/** Returns where a composite is once a placement has been carried out: what was chosen is healthy, what was leaving is gone, what waits for something is not there. */
export function follow(before: Whereabouts, { mode, chosen, verdicts, rescheduledAt }: Placement): Whereabouts {
  if (mode === 'KeepLastGood') return before;
  const present = new Map(before.assigned.map((each) => [each.cluster, each]));
  const wanted = new Set(chosen.map(({ facts }) => facts.name));
  const leaving = new Set(verdicts.flatMap(({ verdict, cluster }) => (verdict === 'Leaving' ? [cluster] : [])));
  const assigned = [
    ...chosen
      .filter(({ facts, waitingFor }) => waitingFor === undefined || present.has(facts.name))
      .map(({ facts: { name: cluster }, clusterSet, providerConfig, replicas }) => {
        const key = present.get(cluster)?.key;
        return { ...{ cluster, clusterSet, providerConfig, replicas }, ...(key !== undefined && { key }) };
      }),
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
    ({ cluster, key, providerConfig, replicas }): Assignment => ({
      cluster,
      ...(key !== undefined && { key }),
      providerConfig,
      revision: 'imagined',
      format: 1,
      ...(Object.keys(replicas).length > 0 && { replicas }),
      state: 'Assigned',
    }),
  );
  const spec: Omit<AssignmentSliceSpec, 'owner'> = {
    clusterSet: own[0]?.clusterSet ?? { namespace: '', name: '' },
    assignments,
    missing: own.map(({ cluster }) => ({ cluster, since: longAgo })),
  };
  const status: AssignmentSliceStatus = {
    assignments: assignments.map((assignment) => ({
      cluster: assignment.cluster,
      ...(assignment.key !== undefined && { key: assignment.key }),
      entry: entryHash(assignment),
      revision: assignment.revision,
      phase: 'Healthy',
      objects: { desired: 1, ready: 1 },
      messages: [],
      since: longAgo,
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
