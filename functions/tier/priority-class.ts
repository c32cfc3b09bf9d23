import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { TierSpec } from '../generated/types.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { priorityClassName, tierLabels } from './tier-names.ts';

/** Returns the PriorityClass that the pods of a Tier get, if it has one. */
export function priorityClass({ priorityClass: given }: TierSpec, tier: NamespacedName): readonly KubeObject[] {
  if (given === undefined) return [];
  const { value, preemptionPolicy } = given;
  return [
    {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: priorityClassName(tier), labels: tierLabels(tier) },
      value,
      ...(preemptionPolicy !== undefined && { preemptionPolicy }),
      description: `Pods of Tier ${tier.name} of ${tier.namespace}.`,
    },
  ];
}

/** Refuses a PriorityClass whose name the API server keeps for its own (pkg/apis/scheduling/validation). */
export function checkPriorityClass(spec: TierSpec, tier: NamespacedName): readonly Problem[] {
  const name = priorityClassName(tier);
  if (spec.priorityClass === undefined || !name.startsWith('system-')) return [];
  const message = `would be named ${name}, and names that begin with system- are reserved for Kubernetes`;
  return [{ path: 'spec.priorityClass', message, hint: 'keep the Platform in a namespace of another name' }];
}
