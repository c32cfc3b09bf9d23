import type { Assignment } from '../generated/types.ts';
import { groupOf, type KubeObject } from '../kube/object.ts';
import type { Templates } from '../revision/apply-overrides.ts';

const workloads = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job']);
function canProve(m: KubeObject): boolean {
  const spec = m['spec'] as { replicas?: unknown } | undefined;
  return workloads.has(`${groupOf(m.apiVersion)}/${m.kind}`) && spec?.replicas !== 0;
}

/**
 * Returns the clusters on which something of a revision could fail, so that health there says something of it: a template
 * has a health of its own, and the cluster gets at least one replica where replicas are divided.
 */
export function couldProve(templates: Templates, wanted: ReadonlyMap<string, Assignment>): ReadonlySet<string> {
  if (!Object.values(templates).some(canProve)) return new Set();
  const hasReplicas = ({ replicas }: Assignment) =>
    replicas === undefined || Object.values(replicas).some((each) => each > 0);
  return new Set([...wanted].flatMap(([cluster, assignment]) => (hasReplicas(assignment) ? [cluster] : [])));
}
