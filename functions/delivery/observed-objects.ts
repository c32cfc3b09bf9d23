import type { Assignment } from '../generated/types.ts';
import { identityOf } from '../kube/identity.ts';
import { isJsonObject } from '../kube/json.ts';
import { findCondition, type KubeObject } from '../kube/object.ts';
import type { DesiredResource } from '../runtime/composition-function.ts';

/** A provider-kubernetes Object that the slice composes already. */
export type ObservedObject = {
  /** Its composition resource key: never changed, for core would delete and recreate the remote object. */
  readonly key: string;
  readonly object: KubeObject;
  /** The key of the entry that it was made for. */
  readonly entry: string;
  /** What the remote object is, in its cluster. */
  readonly identity: string;
};

/** The label by which an Object tells its cluster. */
export const clusterLabel = 'crossply.dev/cluster';

/** The label by which an Object tells the key of its entry, where that is not the name of the cluster. */
export const entryLabel = 'crossply.dev/cluster-key';

/** Returns the key of the entry that an Object was made for; nothing for one that is not ours. */
export function entryOf({ metadata: { labels = {} } }: KubeObject): string | undefined {
  return labels[entryLabel] ?? labels[clusterLabel];
}

/** Returns the Objects among the observed composed resources by the key of their entry, each sorted by key. */
export function observedObjects(
  resources: ReadonlyMap<string, KubeObject>,
): ReadonlyMap<string, readonly ObservedObject[]> {
  const byEntry = new Map<string, ObservedObject[]>();
  for (const key of [...resources.keys()].sort()) {
    const object = resources.get(key);
    const entry = object && entryOf(object);
    if (object?.kind !== 'Object' || entry === undefined) continue;
    const manifest = manifestOf(object);
    const observed = { key, object, entry, identity: manifest === undefined ? key : identityOf(manifest) };
    byEntry.set(entry, [...(byEntry.get(entry) ?? []), observed]);
  }
  return byEntry;
}

/** Returns the manifest that an Object applies. */
export function manifestOf({ spec }: KubeObject): KubeObject | undefined {
  const forProvider = isJsonObject(spec) ? spec['forProvider'] : undefined;
  const manifest = isJsonObject(forProvider) ? forProvider['manifest'] : undefined;
  return isJsonObject(manifest) && isJsonObject(manifest['metadata']) ? (manifest as KubeObject) : undefined;
}

/** Returns the provider configuration by which an Object reaches its cluster. */
export function providerConfigOf({ spec }: KubeObject): Assignment['providerConfig'] | undefined {
  const reference = isJsonObject(spec) ? spec['providerConfigRef'] : undefined;
  const isNamed = isJsonObject(reference) && typeof reference['kind'] === 'string' && reference['name'] !== undefined;
  return isNamed ? (reference as Assignment['providerConfig']) : undefined;
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
