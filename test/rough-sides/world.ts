import type { KubeObject } from '../../functions/kube/object.ts';
import { builtInPackages } from '../../cli/input/packages.ts';
import { ownFunction, startOwnFunctions } from '../../cli/input/functions.ts';
import { coreBreaker } from '../../cli/offline-hub/circuit-breaker.ts';
import type { Faults } from '../../cli/offline-hub/faults.ts';
import { createOfflineHub, type OfflineHub } from '../../cli/offline-hub/hub.ts';
import { VirtualClock } from '../../cli/offline-hub/virtual-clock.ts';

const group = 'crossply.dev/v1alpha1';

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

/** Returns the App that is wished for. */
export function appOf({ image, replicas, withCache, excluded, override }: Wishes): KubeObject {
  const web = { name: 'web', image, replicas, ports: [{ name: 'http', containerPort: 80 }], service: {}, env: [{ name: 'ZONE', value: '${cluster.labels["zone"]}' }] };
  const merge = { spec: { template: { spec: { terminationGracePeriodSeconds: 5 } } } };
  return {
    apiVersion: group,
    kind: 'App',
    metadata: { name: 'shop', namespace: 'team' },
    spec: {
      computeNamespace: 'shop',
      components: withCache ? [web, { name: 'cache', image: 'cache:1' }] : [web],
      placement: { excludedClusterNames: excluded },
      ...(override && { overrides: [{ clusters: { clusterSelector: { matchLabels: { zone: 'a' } } }, target: { kind: 'Deployment', name: 'web' }, merge }] }),
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

const platform: readonly KubeObject[] = [
  { apiVersion: group, kind: 'Platform', metadata: { name: 'web', namespace: 'platform' }, spec: { owner: 'us' } },
  { apiVersion: group, kind: 'Tier', metadata: { name: 'prod', namespace: 'platform' }, spec: { platform: 'web' } },
  { apiVersion: group, kind: 'ClusterSet', metadata: { name: 'all', namespace: 'platform' }, spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' } } },
  { apiVersion: group, kind: 'ComputeNamespace', metadata: { name: 'shop', namespace: 'team' }, spec: { tier: { namespace: 'platform', name: 'prod' } } },
];

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
export async function createWorld(functions: Awaited<ReturnType<typeof startFunctions>>, rough?: { readonly faults: Faults; readonly seed: number }): Promise<OfflineHub> {
  const clock = new VirtualClock();
  functions.lend(clock);
  const hub = createOfflineHub({
    functions: { [ownFunction]: functions.address },
    xrds: packages.definitions,
    compositions: packages.compositions,
    clock,
    ...(rough !== undefined && { ...rough, breaker: coreBreaker }),
  });
  for (const cluster of clusters) hub.addMember(cluster);
  const objects = [...platform, ...clusters.map((cluster) => profileOf(cluster, firstWishes)), appOf(firstWishes)];
  for (const object of objects) {
    const { problems } = hub.apply(object);
    if (problems !== undefined) throw new Error(JSON.stringify(problems));
  }
  await settle(hub);
  return hub;
}

/** Runs a hub until nothing is left to do; throws when it does not come to rest. */
export async function settle(hub: OfflineHub): Promise<void> {
  const { isSettled, pending } = await hub.runUntilSettled({ maxVirtualSeconds: 4 * 3600 });
  if (!isSettled) throw new Error(`did not settle: ${pending.slice(0, 5).join(', ')}`);
}
