import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import { isDnsSubdomain } from '../../functions/kube/names.ts';
import { groupOf, type KubeObject, type ObjectMeta } from '../../functions/kube/object.ts';
import { isNamespacedKind } from './kind-scope.ts';
import { controllerOf } from './object-ref.ts';

/** The label with the name of the root composite, on composites and on what they compose. */
export const compositeLabel = 'crossplane.io/composite';

/** The annotation with the key under which a function desired a resource. */
export const keyAnnotation = 'crossplane.io/composition-resource-name';

/** The longest name that core generates. */
const maxGeneratedName = 63;

/** A desired resource as core would apply it, with what it tells about the composite. */
export interface Rendered {
  readonly object: KubeObject;
  /** The namespace that the function asked for in vain. */
  readonly overriddenNamespace?: string;
}

/**
 * Returns a desired resource with the metadata that core gives it (composition_functions.go, composition_render.go). An existing
 * resource keeps its name and namespace, whatever the function says now. Throws with core's words for what core refuses.
 */
export function renderComposed(
  key: string,
  desired: JsonObject,
  composite: KubeObject,
  existing: KubeObject | undefined,
): Rendered {
  const { apiVersion, kind, metadata: given = {}, ...content } = desired;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isJsonObject(given)) {
    throw new Error(
      `cannot unmarshal desired composed resource "${key}" from RunFunctionResponse: Object 'Kind' is missing`,
    );
  }
  const metadata = given as ObjectMeta;
  const label = composite.metadata.labels?.[compositeLabel] ?? '';
  const home = composite.metadata.namespace ?? '';
  const wantedNamespace = existing?.metadata.namespace ?? metadata.namespace ?? '';
  const wantedName = existing?.metadata.name ?? metadata.name ?? '';
  if (home !== '' && !isNamespacedKind(apiVersion, kind)) {
    throw new Error(
      `cannot apply cluster scoped composed resource "${key}" (a ${kind} named ${wantedName}) for a namespaced composite resource.`,
    );
  }
  const prefix =
    existing?.metadata.generateName ?? metadata.generateName ?? (wantedName === '' ? `${label}-` : undefined);
  const name = wantedName === '' ? childName(prefix ?? '', composite.metadata.uid ?? '', key) : wantedName;
  if (!isValidName(apiVersion, kind, name)) {
    throw new Error(
      `cannot apply composed resource "${key}" because it has an invalid name "${name}". Must be a valid RFC 1123 subdomain name.`,
    );
  }
  const namespace = home === '' ? wantedNamespace : home;
  const rendered: ObjectMeta = {
    ...metadata,
    name,
    ...(namespace !== '' && { namespace }),
    ...(prefix !== undefined && prefix !== '' && { generateName: prefix }),
    labels: { ...metadata.labels, [compositeLabel]: label },
    annotations: { ...metadata.annotations, [keyAnnotation]: key },
    ownerReferences: [controllerReference(composite)],
  };
  const object: KubeObject = { apiVersion, kind, metadata: rendered, ...content };
  const isOverridden = home !== '' && wantedNamespace !== '' && wantedNamespace !== home;
  return isOverridden ? { object, overriddenNamespace: wantedNamespace } : { object };
}

/** Returns the key of a composed resource, or undefined when it does not say. */
export function composedKey(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[keyAnnotation];
}

/** Tells whether an object is, or may become, a composed resource of a composite: nobody else controls it. */
export function isControllable(object: KubeObject, composite: KubeObject): boolean {
  const controller = controllerOf(object);
  return controller === undefined || controller.uid === composite.metadata.uid;
}

/** Returns the name that core gives to a child: the prefix and twelve hex digits of a hash of parent uid and key (internal/names). */
export function childName(prefix: string, parentUid: string, key: string): string {
  const suffix = createHash('sha256')
    .update(parentUid + key)
    .digest('hex')
    .slice(0, 12);
  const dashed = prefix === '' || prefix.endsWith('-') ? prefix : `${prefix}-`;
  if (dashed.length + suffix.length <= maxGeneratedName) return dashed + suffix;
  const room = maxGeneratedName - suffix.length;
  const cut = dashed.slice(0, room);
  return cut.endsWith('-') ? cut + suffix : `${cut.slice(0, -1)}-${suffix}`;
}

function controllerReference({ apiVersion, kind, metadata: { name = '', uid = '' } }: KubeObject): JsonObject {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

function isValidName(apiVersion: string, kind: string, name: string): boolean {
  const isRbac = groupOf(apiVersion) === 'rbac.authorization.k8s.io' && kind.includes('Role');
  const checked = isRbac ? name.replaceAll(':', '') : name;
  return isDnsSubdomain(checked);
}
