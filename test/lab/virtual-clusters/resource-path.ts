import { realName } from './virtual-names.ts';

/** The parts of an API path that name one resource or a collection, each as it stands in the URL. */
export interface ResourcePath {
  /** `/api/v1` or `/apis/<group>/<version>`. */
  readonly prefix: string;
  readonly namespace?: string;
  /** Plural, as in `deployments`. */
  readonly resource: string;
  readonly name?: string;
  /** What follows the name, as in `status`; empty for the resource itself. */
  readonly subresource: string;
}

/** What all virtual clusters have in common: their schemas, nodes and storage, and questions about the caller. */
const sharedGroups = new Set([
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'storage.k8s.io',
]);
const sharedResources = new Set(['componentstatuses', 'nodes', 'persistentvolumes']);

/** Namespaces have these below their own name, where other names have a kind of objects in them. */
const namespaceSubresources = new Set(['finalize', 'status']);

/** Returns the parts of a path, or `undefined` for discovery, health and what all virtual clusters share (grammar of k8s.io/apiserver's RequestInfo, without the deprecated `/watch/`). */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const [, prefix = '', group = '', rest = ''] = /^(\/api\/v1|\/apis\/([^/]+)\/[^/]+)\/(.+?)\/*$/.exec(path) ?? [];
  const [first = '', second = '', third = '', ...more] = rest.split('/');
  if (first === 'namespaces' && third !== '' && !(namespaceSubresources.has(third) && more.length === 0)) {
    const [name, ...subresource] = more;
    return named({ prefix, namespace: second, resource: third, subresource: subresource.join('/') }, name);
  }
  if (first === '' || sharedGroups.has(group) || sharedResources.has(first)) return undefined;
  return named({ prefix, resource: first, subresource: third === '' ? '' : [third, ...more].join('/') }, second);
}

/** Returns the path in the member: the namespace, or without one the name, is that of the virtual cluster. */
export function realPath(cluster: string, { prefix, namespace, resource, name, subresource }: ResourcePath): string {
  const scope = namespace === undefined ? [] : ['namespaces', realName(cluster, namespace)];
  const realLast = name === undefined || namespace !== undefined ? name : realName(cluster, name);
  return [prefix, ...scope, resource, realLast ?? '', subresource].filter((part) => part !== '').join('/');
}

function named(path: ResourcePath, name: string | undefined): ResourcePath {
  return name === undefined || name === '' ? path : { ...path, name };
}
