import { childPath } from '../kube/field-path.ts';
import { isDnsSubdomain } from '../kube/names.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { type NamespaceFacts, namespacedObject } from './namespace-facts.ts';
import { checkKeys } from './namespace-object.ts';

/** Pods that name no account run as this one; Kubernetes makes it, and gives its token to every pod unless told not to. */
const defaultAccount = { name: 'default', automountServiceAccountToken: false };

/** Returns the ServiceAccounts, `default` always among them: it gives no token to a pod unless the ComputeNamespace says so. */
export function serviceAccounts(facts: NamespaceFacts): readonly KubeObject[] {
  const given = facts.spec.serviceAccounts ?? [];
  const own = given.find(({ name }) => name === defaultAccount.name);
  const others = given.filter(({ name }) => name !== defaultAccount.name);
  return [{ ...defaultAccount, ...own }, ...others].map(({ name, annotations, ...content }) => {
    const account = namespacedObject(facts, ['v1', 'ServiceAccount', name], content);
    return annotations === undefined ? account : { ...account, metadata: { ...account.metadata, annotations } };
  });
}

/** Refuses names that no ServiceAccount can have and annotations that are reserved. */
export function checkServiceAccounts({ spec: { serviceAccounts: given = [] } }: NamespaceFacts): readonly Problem[] {
  return given.flatMap(({ name, annotations = {} }, index) => {
    const path = childPath('spec.serviceAccounts', index);
    const message = `must be lower-case letters, digits, dashes and dots (got "${name}")`;
    return [
      ...(isDnsSubdomain(name) ? [] : [{ path: `${path}.name`, message }]),
      ...checkKeys(annotations, `${path}.annotations`),
    ];
  });
}
