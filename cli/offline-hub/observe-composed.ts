import type { KubeObject } from '../../functions/kube/object.ts';
import { composedKey, isControllable } from './composed-resource.ts';
import { ComposeFailure, type CoreParts } from './core-parts.ts';
import { asList, asObject } from './lenient-json.ts';
import type { ObjectReader } from './object-reader.ts';
import type { ObjectRef } from './object-ref.ts';

/** Returns the composed resources that a composite refers to, that exist and that nobody else controls, by key. */
export function observeComposed(
  { store }: CoreParts,
  reader: ObjectReader,
  composite: KubeObject,
): Map<string, KubeObject> {
  const observed = new Map<string, KubeObject>();
  for (const ref of referencesOf(composite)) {
    const object = reader.get(ref) ?? store.get(ref);
    if (object === undefined || !isControllable(object, composite)) continue;
    const key = composedKey(object);
    if (key === undefined || key === '') {
      throw new ComposeFailure(
        'cannot get existing composed resources: encountered composed resource without required "crossplane.io/composition-resource-name" annotation',
      );
    }
    observed.set(key, object);
  }
  return observed;
}

function referencesOf({ spec, metadata }: KubeObject): ObjectRef[] {
  const refs = asList(asObject(asObject(spec)['crossplane'])['resourceRefs']);
  return refs.map(asObject).map(({ apiVersion, kind, name, namespace = '' }) => {
    const home = metadata.namespace ?? String(namespace);
    const ref = { apiVersion: String(apiVersion), kind: String(kind), name: String(name) };
    return home === '' ? ref : { ...ref, namespace: home };
  });
}
