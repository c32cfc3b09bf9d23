import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject, ObjectMeta } from '../../functions/kube/object.ts';

/** What only the API server writes. */
const serverFields: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** Returns what an apply of an object may say: no status, nothing that only the API server writes, no absent members. */
export function appliedPart(object: KubeObject): KubeObject {
  const { status: _, apiVersion, kind, metadata, ...rest } = object;
  const kept: { [key: string]: Json | undefined } = {};
  for (const key of Object.keys(metadata)) if (!serverFields.has(key)) kept[key] = metadata[key];
  return { apiVersion, kind, metadata: kept as ObjectMeta, ...rest };
}
