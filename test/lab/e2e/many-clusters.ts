import type { JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { imageOf } from './deployment-of.ts';
import type { Scenario, ScenarioCluster } from './scenario.ts';
import { imageOfEdit, webComponent } from './web-component.ts';

/** The member that plays many clusters. */
export const crowdedMember = 'member-2';

/** Returns clusters that one member plays. */
export function manyClusters(name: string, count: number): readonly ScenarioCluster[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}-${index}`,
    member: crowdedMember,
    isVirtual: true,
  }));
}

const workloads = ['web', 'api', 'worker'];

/** Returns the spec of an App of six manifests, three Deployments and three Services, which goes everywhere as soon as it may. */
export function sixManifests(edit: number): JsonObject {
  const components = workloads.map((name) => webComponent(edit, name));
  return { components, rollout: { maxConcurrent: '100%' }, deletionPolicy: 'Delete' };
}

/** Returns the Deployments of a scenario in all of its clusters that have the image of an edit; the member is asked once for all. */
export async function editedDeployments(
  { lab, memberNamespace }: Scenario,
  edit: number,
): Promise<readonly KubeObject[]> {
  const deployments = await lab.members[crowdedMember].list('apps/v1', 'Deployment');
  const images = workloads.map((name) => imageOfEdit(edit, name));
  return deployments.filter((deployment) => {
    const isOfScenario = deployment.metadata.namespace?.startsWith(`${memberNamespace}--`) ?? false;
    return isOfScenario && images.includes(imageOf(deployment) ?? '');
  });
}
