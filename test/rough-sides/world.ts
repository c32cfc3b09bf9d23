import { ownFunction, startOwnFunctions } from '../../cli/input/functions.ts';
import { builtInPackages } from '../../cli/input/packages.ts';
import { coreBreaker } from '../../cli/offline-hub/circuit-breaker.ts';
import type { Faults } from '../../cli/offline-hub/faults.ts';
import { createOfflineHub, type OfflineHub } from '../../cli/offline-hub/hub.ts';
import { VirtualClock } from '../../cli/offline-hub/virtual-clock.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { permissiveDefinition } from './permissive-definition.ts';

export const clusters = ['c1', 'c2', 'c3', 'c4'] as const;

/** What the people of this world may change. */
export type Wishes = {
  readonly image: string;
  readonly replicas: number;
  readonly withCache: boolean;
  readonly excluded: readonly string[];
  readonly override: boolean;
  /** A label of each cluster that a hole uses. */
  readonly zones: { readonly [cluster: string]: string };
};

export const firstWishes: Wishes = {
  image: 'web:1',
  replicas: 2,
  withCache: true,
  excluded: [],
  override: false,
  zones: { c1: 'a', c2: 'b', c3: 'a', c4: 'b' },
};

/** A composite kind with the steps of an App, but without a Tier and a ComputeNamespace: fewer composites, the same rules. */
const shopDefinition: KubeObject = permissiveDefinition({
  apiVersion: 'test.dev/v1',
  kind: 'Shop',
  metadata: { name: 'shop' },
});

const step = (name: string, kind: string, spec?: JsonObject): JsonObject => ({
  step: name,
  functionRef: { name: ownFunction },
  input: { apiVersion: 'fn.crossply.dev/v1beta1', kind, ...(spec !== undefined && { spec }) },
});

const shopComposition: KubeObject = {
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'shops.test.dev' },
  spec: {
    compositeTypeRef: { apiVersion: 'test.dev/v1', kind: 'Shop' },
    mode: 'Pipeline',
    pipeline: [
      step('select', 'ClusterSelector', { inventory: { clusterSets: { fieldPath: 'spec.clusterSets' } } }),
      step('render', 'App'),
      step('fan-out', 'FanOut', { namespaceFieldPath: 'spec.namespace' }),
    ],
  },
};

/** Returns the composite that is wished for. */
export function shopOf({ image, replicas, withCache, excluded, override }: Wishes): KubeObject {
  const ports = [{ name: 'http', containerPort: 80 }];
  const env = [{ name: 'ZONE', value: '${cluster.labels["zone"]}' }];
  const web = { name: 'web', kind: 'Deployment', image, replicas, ports, service: {}, env };
  const cache = { name: 'cache', kind: 'Deployment', image: 'cache:1' };
  const shorter = {
    clusters: { clusterSelector: { matchLabels: { zone: 'a' } } },
    target: { kind: 'Deployment', name: 'web' },
    merge: { spec: { template: { spec: { terminationGracePeriodSeconds: 5 } } } },
  };
  return {
    apiVersion: 'test.dev/v1',
    kind: 'Shop',
    metadata: { name: 'shop', namespace: 'team' },
    spec: {
      clusterSets: [{ namespace: 'platform', name: 'all' }],
      namespace: 'shop',
      components: withCache ? [web, cache] : [web],
      placement: { excludedClusterNames: excluded },
      overrides: override ? [shorter] : [],
    },
  };
}

/** Returns the ClusterProfile of a cluster as it is wished for. */
export function profileOf(cluster: string, { zones }: Wishes): KubeObject {
  return {
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'ClusterProfile',
    metadata: { name: cluster, namespace: 'fleet', labels: { zone: zones[cluster] ?? '' } },
    spec: { clusterManager: { name: 'test' } },
  };
}

const clusterSet: KubeObject = {
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'ClusterSet',
  metadata: { name: 'all', namespace: 'platform' },
  spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' } },
};

/** A running server of the real functions. */
export type Functions = Awaited<ReturnType<typeof startFunctions>>;

/** A server of the real functions whose clock can be lent to one world after the other. */
export async function startFunctions() {
  let clock = new VirtualClock();
  const server = await startOwnFunctions(() => clock.now());
  return {
    address: `127.0.0.1:${server.port}`,
    lend(to: VirtualClock) {
      clock = to;
    },
    stop: () => server.stop(0),
  };
}

const packages = builtInPackages();

/** Returns a converged hub on which the first wishes run on four clusters. */
export async function createWorld(functions: Functions): Promise<OfflineHub> {
  return (await createWatchedWorld(functions, undefined, () => undefined)).hub;
}

/** Returns a converged hub on which the first wishes run on four clusters, and who has watched it from the beginning. */
export async function createWatchedWorld<T>(
  functions: Functions,
  rough: { readonly faults: Faults; readonly seed: number } | undefined,
  watch: (hub: OfflineHub) => T,
): Promise<{ readonly hub: OfflineHub; readonly watcher: T }> {
  const clock = new VirtualClock();
  functions.lend(clock);
  const hub = createOfflineHub({
    functions: { [ownFunction]: functions.address },
    xrds: [...packages.definitions, shopDefinition],
    compositions: [...packages.compositions, shopComposition],
    clock,
    ...(rough !== undefined && { ...rough, breaker: coreBreaker }),
  });
  const watcher = watch(hub);
  const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  for (const cluster of clusters) hub.addMember(cluster).store.apply(namespace, 'test');
  const objects = [...clusters.map((cluster) => profileOf(cluster, firstWishes)), clusterSet, shopOf(firstWishes)];
  for (const object of objects) {
    const { problems } = hub.apply(object);
    if (problems !== undefined) throw new Error(JSON.stringify(problems));
  }
  await settle(hub);
  return { hub, watcher };
}

/** Runs a hub until nothing is left to do; throws when it does not come to rest. */
export async function settle(hub: OfflineHub): Promise<void> {
  const { isSettled, pending } = await hub.runUntilSettled({ maxVirtualSeconds: 4 * 3600 });
  if (!isSettled) throw new Error(`did not settle: ${pending.slice(0, 5).join(', ')}`);
}
