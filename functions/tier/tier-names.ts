import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { Access } from '../generated/types.ts';

/** Returns the name of a Tier's PriorityClass; namespaces and Tiers have no dots in their names, so no two share one. */
export function priorityClassName({ namespace, name }: NamespacedName): string {
  return `${namespace}.${name}`;
}

/** Returns the name of the ClusterRole that a Tier gives to a level of access. */
export function clusterRoleName({ namespace, name }: NamespacedName, level: Access['level']): string {
  return `crossply:${namespace}:${name}:${level.toLowerCase()}`;
}

/** Returns the name that a Tier's ValidatingAdmissionPolicy on a subject shares with its binding. */
export function admissionPolicyName({ namespace, name }: NamespacedName, subject: string): string {
  return `${namespace}.${name}.${subject}`;
}

/** Returns the labels by which the Namespaces of a Tier are selected in a member cluster. */
export function tierLabels({ namespace, name }: NamespacedName): { readonly [key: string]: string } {
  return { 'crossply.dev/tier': name, 'crossply.dev/tier-namespace': namespace };
}
