import { identityOf } from '../kube/identity.ts';
import { isJsonObject } from '../kube/json.ts';
import { findCondition, type KubeObject } from '../kube/object.ts';
import type { DesiredResource } from '../runtime/composition-function.ts';

/** A provider-kubernetes Object that the slice composes already. */
export type ObservedObject = {
  /** Its composition resource key: never changed, for core would delete and recreate the remote object. */
  readonly key: string;
  readonly object: KubeObject;
  readonly cluster: string;
  /** What the remote object is, in its cluster. */
  readonly identity: string;
};

/** The label by which an Object tells its cluster. */
export const clusterLabel = 'crossply.dev/cluster';

/** Returns the Objects among the observed composed resources by cluster, each sorted by key. */
export function observedObjects(
  resources: ReadonlyMap<string, KubeObject>,
): ReadonlyMap<string, readonly ObservedObject[]> {
  const byCluster = new Map<string, ObservedObject[]>();
  for (const key of [...resources.keys()].sort()) {
    const object = resources.get(key);
    const cluster = object?.metadata.labels?.[clusterLabel];
    if (object?.kind !== 'Object' || cluster === undefined) continue;
    const manifest = manifestOf(object);
    const entry = { key, object, cluster, identity: manifest === undefined ? key : identityOf(manifest) };
    byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), entry]);
  }
  return byCluster;
}

/** Returns the manifest that an Object applies. */
export function manifestOf({ spec }: KubeObject): KubeObject | undefined {
  const forProvider = isJsonObject(spec) ? spec['forProvider'] : undefined;
  const manifest = isJsonObject(forProvider) ? forProvider['manifest'] : undefined;
  return isJsonObject(manifest) && isJsonObject(manifest['metadata']) ? (manifest as KubeObject) : undefined;
}

/** Returns the remote object as the provider last saw it. */
export function remoteOf({ status }: KubeObject): KubeObject | undefined {
  const atProvider = isJsonObject(status) ? status['atProvider'] : undefined;
  const manifest = isJsonObject(atProvider) ? atProvider['manifest'] : undefined;
  return isJsonObject(manifest) && isJsonObject(manifest['metadata']) ? (manifest as KubeObject) : undefined;
}

/**
 * Returns an Object's key and the part of it that a slice owns, so that emitting it changes nothing. What core and the
 * provider wrote in labels and annotations is left to them.
 */
export function reemit({ key, object }: ObservedObject): readonly [string, DesiredResource] {
  const own = (record: { readonly [name: string]: string } = {}) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name.startsWith('crossply.dev/')));
  const { apiVersion, kind, metadata, spec } = object;
  const resource: KubeObject = {
    apiVersion,
    kind,
    metadata: { ...(metadata.name !== undefined && { name: metadata.name }), labels: own(metadata.labels) },
    spec: spec ?? {},
  };
  return [key, { resource, ready: findCondition(object, 'Ready')?.status === 'True' }];
}
