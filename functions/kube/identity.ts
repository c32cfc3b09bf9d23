import { groupOf, type KubeObject } from './object.ts';

/** Returns what makes a manifest the same object in a cluster: group, kind, namespace and name, whatever the version. */
export function identityOf({ apiVersion, kind, metadata }: KubeObject): string {
  return [groupOf(apiVersion), kind, metadata.namespace ?? '', metadata.name ?? ''].join('/');
}
