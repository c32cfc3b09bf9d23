import type { Problem } from '../kube/problem.ts';

/** Prefix of the properties that tell the resources of a cluster (KubeFleet's well-known names). */
export const resourcePropertyPrefix = 'resources.kubernetes-fleet.io/';

const RESOURCE_PROPERTY = /^(total|allocatable|available)-.+$/;

/** Tells whether a property is about a resource of the cluster, so that its value is a quantity. */
export function isResourceProperty(name: string): boolean {
  return name.startsWith(resourcePropertyPrefix);
}

/** Returns what is wrong with the name of a property: a well-known name that does not say which amount of which resource. */
export function checkPropertyName(name: string, path: string): Problem[] {
  if (!isResourceProperty(name) || RESOURCE_PROPERTY.test(name.slice(resourcePropertyPrefix.length))) return [];
  const message = `must be ${resourcePropertyPrefix} followed by total-, allocatable- or available- and a resource (got "${name}")`;
  return [{ path, message, hint: `for example ${resourcePropertyPrefix}allocatable-cpu` }];
}
