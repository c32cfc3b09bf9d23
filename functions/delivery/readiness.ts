import { groupOf, type KubeObject } from '../kube/object.ts';

/** The annotation of a remote object that holds the hash of the manifest it was made from. */
export const contentAnnotation = 'crossply.dev/content';

const applied =
  'has(object.status) && has(object.status.observedGeneration) && object.status.observedGeneration == object.metadata.generation';
const wantedReplicas = '(has(object.spec.replicas) ? object.spec.replicas : 1)';
const hasTrue = (type: string) =>
  `has(object.status.conditions) && object.status.conditions.exists(c, c.type == "${type}" && c.status == "True")`;

/** CEL by group and kind, over the variable `object`; Deployments and their like count only when every replica is new and available. */
const byKind: { readonly [groupKind: string]: string } = {
  'apps/Deployment': `${applied} && (${wantedReplicas} == 0 || (has(object.status.updatedReplicas) && object.status.updatedReplicas == ${wantedReplicas} && has(object.status.availableReplicas) && object.status.availableReplicas == ${wantedReplicas} && has(object.status.replicas) && object.status.replicas == ${wantedReplicas}))`,
  'apps/StatefulSet': `${applied} && (${wantedReplicas} == 0 || (has(object.status.updatedReplicas) && object.status.updatedReplicas == ${wantedReplicas} && has(object.status.readyReplicas) && object.status.readyReplicas == ${wantedReplicas}))`,
  'apps/DaemonSet': `${applied} && has(object.status.desiredNumberScheduled) && (object.status.desiredNumberScheduled == 0 || (has(object.status.updatedNumberScheduled) && object.status.updatedNumberScheduled == object.status.desiredNumberScheduled && has(object.status.numberAvailable) && object.status.numberAvailable == object.status.desiredNumberScheduled))`,
  'batch/Job': `has(object.status) && ${hasTrue('Complete')}`,
  'batch/CronJob': 'true',
  '/PersistentVolumeClaim': 'has(object.status) && has(object.status.phase) && object.status.phase == "Bound"',
  '/Service':
    '!has(object.spec.type) || object.spec.type != "LoadBalancer" || (has(object.status) && has(object.status.loadBalancer) && has(object.status.loadBalancer.ingress) && size(object.status.loadBalancer.ingress) > 0)',
};

/** A custom resource that has a Ready condition is ready when it is True; one without is ready when it exists. */
const anyOther = `!has(object.status) || !has(object.status.conditions) || !object.status.conditions.exists(c, c.type == "Ready") || object.status.conditions.exists(c, c.type == "Ready" && c.status == "True")`;

/** Returns CEL by which a remote object shows that it was made from the manifest with a hash. */
export function hasContent(content: string): string {
  return `has(object.metadata.annotations) && "${contentAnnotation}" in object.metadata.annotations && object.metadata.annotations["${contentAnnotation}"] == "${content}"`;
}

/**
 * Returns the query of format 1 by which provider-kubernetes tells that a remote object is ready: it has the wanted content,
 * and its kind's own sign of health. No optional syntax: the provider's CEL does not know it.
 */
export function readinessQuery(manifest: KubeObject, content: string): string {
  const healthy = byKind[`${groupOf(manifest.apiVersion)}/${manifest.kind}`] ?? anyOther;
  return healthy === 'true' ? hasContent(content) : `${hasContent(content)} && (${healthy})`;
}

/** Tells whether format 1 has the provider watch a kind rather than poll it: its health changes after it was applied. */
export function isWorkload({ apiVersion, kind }: KubeObject): boolean {
  return ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job'].includes(
    `${groupOf(apiVersion)}/${kind}`,
  );
}
