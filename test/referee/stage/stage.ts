import { ownFunction } from '../../../cli/input/functions.ts';
import { builtInPackages } from '../../../cli/input/packages.ts';
import { coreBreaker } from '../../../cli/offline-hub/circuit-breaker.ts';
import type { Faults } from '../../../cli/offline-hub/faults.ts';
import { createOfflineHub, type OfflineHub } from '../../../cli/offline-hub/hub.ts';
import { VirtualClock } from '../../../cli/offline-hub/virtual-clock.ts';
import type { JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { directClient } from './direct-client.ts';
import { Observer } from './observer.ts';

const api = 'crossply.dev/v1alpha1';

/** A fleet with a Platform, a Tier, a ComputeNamespace and a ClusterSet over all of it, and who watches it. */
export type Stage = {
  readonly hub: OfflineHub;
  readonly observer: Observer;
  /** Applies an object; throws when it is refused. */
  apply(object: KubeObject): void;
};

/** What a fleet is like. */
export type StageOptions = {
  readonly clusters: { readonly [name: string]: { readonly [label: string]: string } };
  /** How long pods take to become ready, by cluster; three seconds where nothing is said. */
  readonly readyAfterSeconds?: { readonly [name: string]: number };
  readonly faults?: Faults;
  readonly seed?: number;
  /** Whether nothing stands in the clusters yet, not even the ComputeNamespace. */
  readonly isBare?: boolean;
};

const packages = builtInPackages();

/** Returns a fleet without an App, on which the ComputeNamespace stands everywhere unless it is to be bare. */
export async function createStage({
  clusters,
  readyAfterSeconds = {},
  faults,
  seed,
  isBare,
}: StageOptions): Promise<Stage> {
  const clock = new VirtualClock();
  const hub = createOfflineHub({
    functions: {
      [ownFunction]: directClient(() => clock.now()),
    },
    xrds: packages.definitions,
    compositions: packages.compositions,
    clock,
    ...(faults !== undefined && { faults, breaker: coreBreaker }),
    ...(seed !== undefined && { seed }),
  });
  for (const name of Object.keys(clusters)) {
    const seconds = readyAfterSeconds[name];
    hub.addMember(name, seconds === undefined ? {} : { readyAfterSeconds: seconds });
  }
  const lagMs = faults === undefined ? 5_000 : 60_000;
  const observer = new Observer(hub, { lagMs, isWatched: faults?.pollOnly !== true });
  const apply = (object: KubeObject) => {
    const { problems } = hub.apply(object);
    if (problems !== undefined) throw new Error(JSON.stringify(problems));
  };
  for (const [name, labels] of Object.entries(clusters)) apply(profileOf(name, labels));
  const sets = { tier: 'prod', clusterProfiles: { namespace: 'fleet' } };
  apply({
    apiVersion: api,
    kind: 'Platform',
    metadata: { name: 'web', namespace: 'platform' },
    spec: { owner: 'web' },
  });
  apply({ apiVersion: api, kind: 'ClusterSet', metadata: { name: 'all', namespace: 'platform' }, spec: sets });
  apply(tierOf({}));
  const home = { tier: { namespace: 'platform', name: 'prod' } };
  apply({ apiVersion: api, kind: 'ComputeNamespace', metadata: { name: 'home', namespace: 'team' }, spec: home });
  if (isBare !== true) await hub.runUntilSettled({ maxVirtualSeconds: 3600 });
  return { hub, observer, apply };
}

/** Returns the Tier of the stage, with more in its spec. Its own objects go everywhere at once, as far as it can say so. */
export function tierOf(more: JsonObject): KubeObject {
  return {
    apiVersion: api,
    kind: 'Tier',
    metadata: { name: 'prod', namespace: 'platform' },
    spec: { platform: 'web', ...more },
  };
}

/** Returns a ClusterProfile. */
export function profileOf(
  name: string,
  labels: { readonly [label: string]: string },
  isHealthy = true,
  properties: readonly JsonObject[] = [],
): KubeObject {
  const condition = {
    type: 'ControlPlaneHealthy',
    status: isHealthy ? 'True' : 'False',
    reason: 'Told',
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  return {
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'ClusterProfile',
    metadata: { name, namespace: 'fleet', labels },
    spec: { displayName: name, clusterManager: { name: 'test' } },
    status: { conditions: [condition], ...(properties.length > 0 && { properties }) },
  };
}

/** What an App of the stage asks for. */
export type AppWish = {
  readonly name?: string;
  readonly image: string;
  readonly replicas?: number;
  readonly editor?: string;
  readonly rollout?: JsonObject;
  readonly placement?: JsonObject;
  /** Other components beside the one called web. */
  readonly others?: readonly JsonObject[];
};

/** Returns the App of the stage. */
export function appOf({ name = 'shop', ...wish }: AppWish): KubeObject {
  const { image, replicas = 1, editor = 'alice', rollout = {}, placement = {}, others = [] } = wish;
  const first = { name: name === 'shop' ? 'web' : name, image, replicas };
  return {
    apiVersion: api,
    kind: 'App',
    metadata: { name, namespace: 'team', annotations: { 'crossply.dev/last-editor': editor } },
    spec: { computeNamespace: 'home', components: [first, ...others], rollout, placement },
  };
}

/** Returns an Approval of what the App of the stage brings now. */
export function approvalOf({ hub }: Stage, name: string, approver: string, what: JsonObject): KubeObject {
  const app = hub.get({ apiVersion: api, kind: 'App', namespace: 'team', name: 'shop' });
  const revision = String((app?.status as JsonObject | undefined)?.['revision'] ?? '');
  const spec = { for: { kind: 'App', name: 'shop' }, revision, approver, ...what };
  return { apiVersion: api, kind: 'Approval', metadata: { name, namespace: 'team' }, spec };
}
