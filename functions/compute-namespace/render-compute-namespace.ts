import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { checkQuantityMap } from '../kube/quantity-map.ts';
import type { NamespaceFacts } from './namespace-facts.ts';
import { checkNamespaceMetadata, namespaceObject } from './namespace-object.ts';
import { networkPolicies } from './network-policies.ts';
import { limitRange, resourceQuota } from './quotas.ts';
import { roleBindings } from './role-bindings.ts';
import { checkServiceAccounts, serviceAccounts } from './service-accounts.ts';

/** Returns the Namespace of a ComputeNamespace and what governs it, the same for every cluster but for holes in what people wrote. */
export function renderComputeNamespace(facts: NamespaceFacts): readonly KubeObject[] {
  return [
    namespaceObject(facts),
    ...serviceAccounts(facts),
    ...resourceQuota(facts),
    ...limitRange(facts),
    ...roleBindings(facts),
    ...networkPolicies(facts),
  ];
}

/** Returns what is wrong with a ComputeNamespace that its schema cannot tell. */
export function checkComputeNamespace(facts: NamespaceFacts): readonly Problem[] {
  return [
    ...checkNamespaceMetadata(facts),
    ...checkServiceAccounts(facts),
    ...checkQuantityMap(facts.spec.quota?.hard, 'spec.quota.hard'),
  ];
}
