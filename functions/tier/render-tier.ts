import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { TierPolicy, TierSpec } from '../generated/types.ts';
import { checkTeamRules } from '../health/team-rules.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { checkQuantityMap } from '../kube/quantity-map.ts';
import { admissionPolicy } from './admission-policy.ts';
import { allowedRegistriesRule } from './allowed-registries.ts';
import { clusterRoles } from './cluster-roles.ts';
import { checkPriorityClass, priorityClass } from './priority-class.ts';
import { checkRequiredLabelKeys, requiredLabelsRule } from './required-labels.ts';

/** Returns the cluster-scoped objects that every cluster of a Tier gets, whatever ComputeNamespaces it has. */
export function renderTier(spec: TierSpec, policy: TierPolicy, tier: NamespacedName): readonly KubeObject[] {
  const { allowedRegistries = [], requiredLabels = [] } = policy;
  const rules = [
    ...(allowedRegistries.length > 0 ? [allowedRegistriesRule(allowedRegistries)] : []),
    ...(requiredLabels.length > 0 ? [requiredLabelsRule(requiredLabels)] : []),
  ];
  return [...clusterRoles(tier), ...priorityClass(spec, tier), ...rules.flatMap((rule) => admissionPolicy(rule, tier))];
}

/** Returns what is wrong with a Tier that its schema cannot tell. */
export function checkTier(spec: TierSpec, tier: NamespacedName): readonly Problem[] {
  return [
    ...checkPriorityClass(spec, tier),
    ...checkRequiredLabelKeys(spec.requiredLabels ?? [], 'spec.requiredLabels'),
    ...checkQuantityMap(spec.quota?.hard, 'spec.quota.hard'),
    ...checkTeamRules(spec.health ?? [], 'spec.health'),
  ];
}
