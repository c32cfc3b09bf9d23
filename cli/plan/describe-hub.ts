import { manifestOf } from '../../functions/delivery/observed-objects.ts';
import type { AssignmentSliceSpec, AssignmentSliceStatus, RolloutStatus } from '../../functions/generated/types.ts';
import { identityOf } from '../../functions/kube/identity.ts';
import { isJsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { readRevision, shortRevision } from '../../functions/revision/revision-content.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { describeRollout } from './describe-rollout.ts';
import type { PlannedComposite, PlannedPlacement } from './plan.ts';
import type { SettledTree } from './settle-tree.ts';

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

const kindsInOrder = ['Tier', 'ComputeNamespace', 'App'];

/** Kinds of others come last. */
function rank(kind: string): number {
  return kindsInOrder.includes(kind) ? kindsInOrder.indexOf(kind) : kindsInOrder.length;
}

type Slice = {
  readonly object: KubeObject;
  readonly spec: AssignmentSliceSpec;
  readonly status: AssignmentSliceStatus;
};

/** Returns every composite that assigns clusters, or wants to, with where it runs and why; Tiers first, then namespaces, then what runs in them. */
export function describeComposites(tree: SettledTree): Promise<readonly PlannedComposite[]> {
  const { hub } = tree;
  const slices = list(hub, 'crossply.dev/v1alpha1', 'AssignmentSlice').map(
    (object): Slice => ({
      object,
      spec: object.spec as AssignmentSliceSpec,
      status: (object.status ?? {}) as AssignmentSliceStatus,
    }),
  );
  const owners = new Map<string, KubeObject>();
  for (const { object, spec } of slices) {
    const owner = hub.get({ ...spec.owner, namespace: object.metadata.namespace ?? '' });
    if (owner !== undefined) owners.set(keyOf(owner), owner);
  }
  for (const kind of kindsInOrder) {
    for (const object of list(hub, 'crossply.dev/v1alpha1', kind)) owners.set(keyOf(object), object);
  }
  const sorted = [...owners.values()].sort((a, b) => rank(a.kind) - rank(b.kind) || (keyOf(a) < keyOf(b) ? -1 : 1));
  return Promise.all(sorted.map((owner) => describe(tree, owner, slices)));
}

/** Returns every object of the hub as it ended up, sorted by kind, namespace and name: what `crossply render` takes as required resources. */
export function objectsOfHub({ store }: OfflineHub): readonly KubeObject[] {
  return [...store.index.all()]
    .filter(({ apiVersion }) => !apiVersion.startsWith('apiextensions.crossplane.io/'))
    .map(
      ({ metadata: { managedFields: _, ...metadata }, ...object }): KubeObject =>
        ({ ...object, metadata }) as KubeObject,
    )
    .sort((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1));
}

/** Returns the manifests that every member cluster is to have. */
export function manifestsByCluster(hub: OfflineHub): { readonly [cluster: string]: readonly KubeObject[] } {
  const byCluster: { [cluster: string]: KubeObject[] } = {};
  for (const object of objectsOf(hub)) {
    const manifest = manifestOf(object);
    const cluster = object.metadata.labels?.['crossply.dev/cluster'];
    if (manifest === undefined || cluster === undefined) continue;
    byCluster[cluster] = [...(byCluster[cluster] ?? []), manifest];
  }
  return Object.fromEntries(
    Object.entries(byCluster)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([cluster, manifests]) => [cluster, manifests.sort((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1))]),
  );
}

async function describe(tree: SettledTree, owner: KubeObject, slices: readonly Slice[]): Promise<PlannedComposite> {
  const { hub } = tree;
  const { namespace = '', name = '' } = owner.metadata;
  const status = (owner.status ?? {}) as RolloutStatus;
  const own = slices.filter(
    ({ object, spec }) =>
      object.metadata.namespace === namespace && spec.owner.kind === owner.kind && spec.owner.name === name,
  );
  const verdicts = status.placement?.verdicts ?? [];
  const placements = own.flatMap((slice) =>
    slice.spec.assignments.map((entry) => describePlacement(hub, owner, slice, entry.cluster)),
  );
  const present = new Set(placements.map(({ cluster }) => cluster));
  return {
    kind: owner.kind,
    namespace,
    name,
    revision: status.revision ?? '',
    phase: status.phase ?? 'Pending',
    placements: placements
      .map((placement) => ({
        ...placement,
        ...messageOf(status, placement.cluster),
        reason: verdicts.find(({ cluster }) => cluster === placement.cluster)?.reason ?? '',
      }))
      .sort((a, b) => (a.cluster < b.cluster ? -1 : 1)),
    others: verdicts.filter(({ cluster }) => !present.has(cluster)),
    ...(await describeRollout(tree, owner)),
  };
}

/** The composite says more than the slice: also why a cluster waits, or is kept as it is. */
function messageOf({ assignments = [] }: RolloutStatus, cluster: string): Pick<PlannedPlacement, 'message'> {
  const message = assignments.find((each) => each.cluster === cluster)?.message;
  return message === undefined ? {} : { message };
}

function describePlacement(
  hub: OfflineHub,
  owner: KubeObject,
  { object, spec, status }: Slice,
  cluster: string,
): PlannedPlacement {
  const entry = spec.assignments.find((each) => each.cluster === cluster);
  const manifests = objectsOf(hub, {
    'crossply.dev/xr': spec.owner.name,
    'crossply.dev/xr-kind': spec.owner.kind,
    'crossply.dev/cluster': cluster,
  })
    .filter(({ metadata }) => metadata.namespace === object.metadata.namespace)
    .flatMap((each) => manifestOf(each) ?? []);
  const revision = hub.get({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    namespace: owner.metadata.namespace ?? '',
    name: entry?.revision ?? '',
  });
  const overrides = revision === undefined ? [] : (readRevision(revision)?.content.overrides ?? []);
  return {
    cluster,
    clusterSet: spec.clusterSet.name,
    revision: shortRevision(entry?.revision ?? ''),
    phase: status.assignments?.find((each) => each.cluster === cluster)?.phase ?? 'Applying',
    objects: manifests.length,
    kinds: countKinds(manifests),
    workloads: manifests.filter(({ kind }) => workloadKinds.has(kind)).length,
    replicas: manifests.reduce((sum, manifest) => sum + replicasOf(manifest), 0),
    values: Object.fromEntries((entry?.values ?? []).map(({ expression, value }) => [expression, value ?? null])),
    overrides: (entry?.overrides ?? []).map((index) => overrides[index]?.name ?? `#${index}`),
    reason: '',
  };
}

function countKinds(manifests: readonly KubeObject[]): { readonly [kind: string]: number } {
  const counts: { [kind: string]: number } = {};
  for (const { kind } of manifests) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function replicasOf({ kind, spec }: KubeObject): number {
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return 0;
  const replicas = isJsonObject(spec) ? spec['replicas'] : undefined;
  return typeof replicas === 'number' ? replicas : 1;
}

function objectsOf(hub: OfflineHub, labels?: { readonly [key: string]: string }): readonly KubeObject[] {
  return hub.list({
    apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
    kind: 'Object',
    ...(labels !== undefined && { labels }),
  });
}

function list(hub: OfflineHub, apiVersion: string, kind: string): readonly KubeObject[] {
  return hub.list({ apiVersion, kind });
}

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}
