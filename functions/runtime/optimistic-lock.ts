import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { Resource, RunFunctionRequest } from './proto.ts';

/**
 * Returns metadata for the desired composite with the version that was observed, beside what earlier steps put there. Core writes
 * the status together with conditions out of its cache: a run that began from an outdated read would set them back, Ready
 * among them, and run again because of its own write. With the version the API server refuses that write, and core runs
 * again without a word. A run that changes what is composed goes without, as core first writes references and with them
 * makes another version itself.
 */
export function lockedMetadata(
  { observed, desired }: RunFunctionRequest,
  composed: { readonly [key: string]: Resource },
): JsonObject {
  const { resourceVersion: _, ...others } = metadataOf(desired?.composite);
  const { resourceVersion } = metadataOf(observed?.composite);
  const isLocked = resourceVersion !== undefined && sameKeys(observed?.resources ?? {}, composed);
  return isLocked ? { ...others, resourceVersion } : others;
}

function metadataOf(composite: Resource | undefined): JsonObject {
  const metadata: unknown = composite?.resource?.['metadata'];
  return isJsonObject(metadata) ? metadata : {};
}

function sameKeys(a: object, b: object): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key));
}
