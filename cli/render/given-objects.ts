import type { KubeObject } from '../../functions/kube/object.ts';
import { ObjectIndex } from '../offline-hub/object-index.ts';
import type { ObjectReader } from '../offline-hub/object-reader.ts';
import { keyOf, refTo } from '../offline-hub/object-ref.ts';

/** Returns a reader of given objects; of two with the same kind, namespace and name the later counts. */
export function givenObjects(objects: readonly KubeObject[]): ObjectReader {
  const index = new ObjectIndex();
  const byKey = new Map<string, KubeObject>();
  for (const object of objects) {
    index.put(object);
    byKey.set(keyOf(refTo(object)), object);
  }
  return { get: (ref) => byKey.get(keyOf(ref)), list: (selector) => index.list(selector) };
}
