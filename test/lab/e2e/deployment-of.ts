import type { KubeObject } from '../../../functions/kube/object.ts';
import type { ObjectKey } from '../api.ts';
import type { Scenario } from './scenario.ts';

/** Returns the Deployment of a scenario's App in a cluster, by its component. */
export function deploymentOf(scenario: Scenario, cluster: string, component = 'web'): Promise<KubeObject> {
  return scenario.member(cluster).get(deploymentKey(scenario, component));
}

/** Returns what names the Deployment of a component in every cluster. */
export function deploymentKey({ memberNamespace }: Pick<Scenario, 'memberNamespace'>, component: string): ObjectKey {
  return { apiVersion: 'apps/v1', kind: 'Deployment', namespace: memberNamespace, name: component };
}

/** Returns the image that a Deployment runs. */
export function imageOf({ spec }: KubeObject): string | undefined {
  const { template } = spec as { template: { spec: { containers: readonly { image: string }[] } } };
  return template.spec.containers[0]?.image;
}
