import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { Api, type ObjectKey } from '../api.ts';
import { kubeconfigPath } from '../control-plane.ts';
import { namespace } from '../crossplane.ts';
import { connectCluster, publishProfile } from '../fleet.ts';
import type { Lab } from '../lab.ts';
import type { MemberName } from '../member.ts';
import { virtualKubeconfig } from '../virtual-member.ts';

/** A cluster of a scenario; a virtual one shares its member with others without seeing them. */
export interface ScenarioCluster {
  readonly name: string;
  readonly member: MemberName;
  readonly isVirtual?: boolean;
  readonly labels?: { readonly [key: string]: string };
}

/** A small world of its own on a lab: a platform with one Tier and one ClusterSet, a tenant with one ComputeNamespace. */
export interface Scenario {
  readonly lab: Lab;
  /** Hub namespace of the tenant. */
  readonly tenant: string;
  /** Hub namespace of the platform team and its ClusterProfiles. */
  readonly platform: string;
  /** The namespace that the tenant has in each cluster. */
  readonly memberNamespace: string;
  readonly clusters: readonly ScenarioCluster[];
  /** Returns the API of a cluster. */
  member(cluster: string): Api;
}

/** What a scenario may change of its platform. */
export interface ScenarioOptions {
  readonly clusters: readonly ScenarioCluster[];
  readonly tier?: JsonObject;
  readonly clusterSet?: JsonObject;
}

/** Name of the Tier, of the ClusterSet and of the ComputeNamespace of every scenario. */
export const tierName = 'prod';
export const clusterSetName = 'all';
export const computeNamespaceName = 'apps';

const version = 'crossply.dev/v1alpha1';
const profileVersion = 'multicluster.x-k8s.io/v1alpha1';

/** Makes the world of a scenario on a lab; its name must be new there, at most 20 characters and without dashes. */
export async function createScenario(lab: Lab, name: string, options: ScenarioOptions): Promise<Scenario> {
  const platform = `${name}-platform`;
  const { hub } = lab;
  for (const each of [name, platform]) await hub.apply(namespace(each));
  const members = new Map(
    await Promise.all(
      options.clusters.map(async (cluster): Promise<[string, Api]> => {
        const kubeconfig = await kubeconfigOf(lab, cluster);
        await connectCluster(hub, { name: cluster.name, kubeconfig }, platform);
        await publishProfile(hub, clusterProfile(platform, cluster));
        return [cluster.name, new Api(kubeconfig)];
      }),
    ),
  );
  await hub.apply(object('Platform', platform, 'web', { owner: 'platform-team' }));
  await hub.apply(object('Tier', platform, tierName, { platform: 'web', podSecurity: 'Baseline', ...options.tier }));
  const clusterProfiles = { namespace: platform };
  await hub.apply(
    object('ClusterSet', platform, clusterSetName, { tier: tierName, clusterProfiles, ...options.clusterSet }),
  );
  const tier = { namespace: platform, name: tierName };
  await hub.apply(object('ComputeNamespace', name, computeNamespaceName, { tier }));
  const member = (cluster: string) => {
    const api = members.get(cluster);
    if (api === undefined) throw new Error(`scenario ${name} has no cluster ${cluster}`);
    return api;
  };
  return {
    lab,
    tenant: name,
    platform,
    memberNamespace: `${name}-${computeNamespaceName}`,
    clusters: options.clusters,
    member,
  };
}

/** Returns an App of a scenario's tenant. */
export function app({ tenant }: Scenario, name: string, spec: JsonObject): KubeObject {
  return object('App', tenant, name, { computeNamespace: computeNamespaceName, ...spec });
}

/** Returns what names one of Crossply's objects. */
export function crossplyKey(kind: string, namespace: string, name: string): ObjectKey {
  return { apiVersion: version, kind, namespace, name };
}

/** Returns what names the ClusterProfile of a scenario's cluster. */
export function profileKey({ platform }: Scenario, cluster: string): ObjectKey {
  return { apiVersion: profileVersion, kind: 'ClusterProfile', namespace: platform, name: cluster };
}

/** Gives a cluster labels beside those it has, as a cluster manager does. */
export async function labelCluster(
  scenario: Scenario,
  cluster: string,
  labels: { readonly [key: string]: string },
): Promise<void> {
  await scenario.lab.hub.patch(profileKey(scenario, cluster), { metadata: { labels } });
}

/** Returns a healthy ClusterProfile for a cluster, as a cluster manager writes it. */
function clusterProfile(platform: string, { name, labels = {} }: ScenarioCluster): KubeObject {
  const healthy = { type: 'ControlPlaneHealthy', status: 'True', reason: 'Healthy', message: '' };
  return {
    apiVersion: profileVersion,
    kind: 'ClusterProfile',
    metadata: { name, namespace: platform, labels },
    spec: { displayName: name, clusterManager: { name: 'lab' } },
    status: {
      version: { kubernetes: 'v1.35.3' },
      properties: [{ name: 'cluster.clusterset.k8s.io', value: name }],
      conditions: [{ ...healthy, lastTransitionTime: '2026-01-01T00:00:00Z' }],
    },
  };
}

function object(kind: string, namespace: string, name: string, spec: JsonObject): KubeObject {
  return { apiVersion: version, kind, metadata: { name, namespace }, spec };
}

async function kubeconfigOf({ layout }: Lab, { name, member, isVirtual = false }: ScenarioCluster): Promise<string> {
  return isVirtual ? virtualKubeconfig(layout, member, name) : readFileSync(kubeconfigPath(layout, member), 'utf8');
}
