import type { KubeObject } from '../../functions/kube/object.ts';
import { InputError } from '../input/input-error.ts';
import { composedKey, isControllable } from '../offline-hub/composed-resource.ts';
import { asList, asObject } from '../offline-hub/lenient-json.ts';
import type { ObjectReader } from '../offline-hub/object-reader.ts';
import { formatRef, refTo } from '../offline-hub/object-ref.ts';

/** Returns a composite that refers to the observed resources, and to no others when there are any. Throws when it could not have composed one of them. */
export function referTo(composite: KubeObject, observed: readonly KubeObject[]): KubeObject {
  if (observed.length === 0) return composite;
  const home = composite.metadata.namespace;
  const foreign = observed.flatMap((object) => {
    const name = `observed resource ${formatRef(refTo(object))}`;
    if (!isControllable(object, composite)) return [`${name} is controlled by something else than the XR`];
    if (home !== undefined && object.metadata.namespace !== home) return [`${name} is not in the namespace of the XR`];
    return [];
  });
  if (foreign.length > 0) throw new InputError(foreign.join('\n'));
  const resourceRefs = observed.map(({ apiVersion, kind, metadata: { name = '', namespace } }) => ({
    apiVersion,
    kind,
    name,
    ...(home === undefined && namespace !== undefined && { namespace }),
  }));
  const spec = asObject(composite.spec);
  return { ...composite, spec: { ...spec, crossplane: { ...asObject(spec['crossplane']), resourceRefs } } };
}

/** Returns the composed resources that a composite refers to and that are given, by composition resource name. */
export function observeGiven(
  { spec, metadata }: KubeObject,
  uid: string,
  given: ObjectReader,
): Map<string, KubeObject> {
  const observed = new Map<string, KubeObject>();
  for (const reference of asList(asObject(asObject(spec)['crossplane'])['resourceRefs']).map(asObject)) {
    const { apiVersion, kind, name, namespace = metadata.namespace } = reference;
    const ref = { apiVersion: String(apiVersion), kind: String(kind), name: String(name) };
    const object = given.get(namespace === undefined ? ref : { ...ref, namespace: String(namespace) });
    const key = object && composedKey(object);
    if (object === undefined || !isControlledBy(object, uid)) continue;
    if (key === undefined || key === '')
      throw new InputError(
        `observed resource ${formatRef(refTo(object))} needs the annotation crossplane.io/composition-resource-name`,
      );
    observed.set(key, object);
  }
  return observed;
}

function isControlledBy(object: KubeObject, uid: string): boolean {
  return isControllable(object, { ...object, metadata: { uid } });
}
