import type { KubeObject } from '../../functions/kube/object.ts';
import { type Api, keyOf } from './api.ts';

/** A cluster that the hub knows: its name there, and the kubeconfig that reaches it. */
export interface FleetCluster {
  readonly name: string;
  readonly kubeconfig: string;
}

/** Gives provider-kubernetes the way into a cluster: a Secret with a kubeconfig and a ClusterProviderConfig of its name. */
export async function connectCluster(hub: Api, { name, kubeconfig }: FleetCluster, namespace: string): Promise<void> {
  const secret = `kubeconfig-${name}`;
  await hub.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret, namespace },
    stringData: { kubeconfig },
  });
  const secretRef = { namespace, name: secret, key: 'kubeconfig' };
  await hub.apply({
    apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
    kind: 'ClusterProviderConfig',
    metadata: { name },
    spec: { credentials: { source: 'Secret', secretRef } },
  });
}

/** Publishes a ClusterProfile with its status, as a cluster manager does. */
export async function publishProfile(hub: Api, profile: KubeObject): Promise<void> {
  const { status, ...object } = profile;
  await hub.apply(object as KubeObject, { manager: 'cluster-manager' });
  if (status !== undefined) await hub.patch(keyOf(profile), { status }, 'status');
}
