import type { KubeObject } from '../kube/object.ts';
import { type NamespaceFacts, namespacedObject } from './namespace-facts.ts';

/** Returns the ResourceQuota of a ComputeNamespace: its own, else the Tier's, else none. */
export function resourceQuota(facts: NamespaceFacts): readonly KubeObject[] {
  const quota = facts.spec.quota ?? facts.tierSpec.quota;
  if (quota === undefined) return [];
  return [namespacedObject(facts, ['v1', 'ResourceQuota', 'crossply'], { spec: { hard: quota.hard } })];
}

/** Returns the LimitRange of a ComputeNamespace: its own, else the Tier's, else none. */
export function limitRange(facts: NamespaceFacts): readonly KubeObject[] {
  const limits = facts.spec.limits ?? facts.tierSpec.limits ?? [];
  if (limits.length === 0) return [];
  return [namespacedObject(facts, ['v1', 'LimitRange', 'crossply'], { spec: { limits } })];
}
