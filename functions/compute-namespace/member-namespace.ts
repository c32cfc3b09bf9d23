import { isDnsLabel } from '../kube/names.ts';
import type { Checked, Problem } from '../kube/problem.ts';

/** Namespaces that belong to Kubernetes, to its distributions or to what delivers to the cluster. */
const reserved = /^(kube-.*|openshift-.*|.*-system|default|cert-manager)$/;

/**
 * Returns the name of a ComputeNamespace's Namespace in the member clusters: `<hub namespace>-<name>`, with two dashes when
 * the name has a dash itself. No two ComputeNamespaces share one, because a hub namespace with two dashes in a row and a
 * name with two are refused, as are names that are reserved or longer than 63 characters.
 */
export function memberNamespace(hubNamespace: string, name: string): Checked<string> {
  const namespace = `${hubNamespace}${name.includes('-') ? '--' : '-'}${name}`;
  const problems: readonly Problem[] = [
    ...(hubNamespace.includes('--')
      ? [
          {
            path: 'metadata.namespace',
            message: `must not have two dashes in a row (got "${hubNamespace}"): they separate it from the name in the clusters`,
            hint: 'use a hub namespace without them',
          },
        ]
      : []),
    ...(name.includes('--')
      ? [
          {
            path: 'metadata.name',
            message: `must not have two dashes in a row (got "${name}"): they separate it from the hub namespace in the clusters`,
          },
        ]
      : []),
    ...(isDnsLabel(namespace)
      ? []
      : [
          {
            path: 'metadata.name',
            message: `gives the Namespace "${namespace}" in the clusters, which must be at most 63 lower-case letters, digits and dashes (got ${namespace.length})`,
            hint: 'choose a shorter name',
          },
        ]),
    ...(reserved.test(namespace)
      ? [
          {
            path: 'metadata.name',
            message: `gives the Namespace "${namespace}" in the clusters, which is reserved: kube-*, openshift-*, *-system, default and cert-manager belong to the cluster itself`,
            hint: 'choose another name or another hub namespace',
          },
        ]
      : []),
  ];
  return problems.length > 0 ? { problems } : { value: namespace };
}
