import type { Json } from '../../functions/kube/json.ts';
import { isJsonList, isJsonObject } from '../../functions/kube/json.ts';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';

/** Names one object. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for a cluster-scoped object. */
  readonly namespace?: string;
  readonly name: string;
}

/** An owner reference that makes its owner the controller of the object. */
export interface ControllerRef {
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
}

/** Returns the reference of an object. */
export function refTo({ apiVersion, kind, metadata: { namespace, name = '' } }: KubeObject): ObjectRef {
  return { apiVersion, kind, name, ...(namespace !== undefined && namespace !== '' && { namespace }) };
}

/** Returns the identity of an object within one cluster; versions of one kind are the same object. */
export function keyOf({ apiVersion, kind, namespace = '', name }: ObjectRef): string {
  return `${kindKey(apiVersion, kind)}/${namespace}/${name}`;
}

/** Returns the identity of a kind: group and kind. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** Returns a reference as people write it: `App team-a/web`. */
export function formatRef({ kind, namespace, name }: ObjectRef): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** Returns the uids of an object's owners. */
export function ownerUids(object: KubeObject): string[] {
  return ownerReferences(object).map((owner) => String(owner['uid']));
}

/** Returns the controller of an object, when it has one. */
export function controllerOf(object: KubeObject): ControllerRef | undefined {
  const controller = ownerReferences(object).find((owner) => owner['controller'] === true);
  if (controller === undefined) return undefined;
  return { uid: String(controller['uid']), kind: String(controller['kind']), name: String(controller['name']) };
}

/** Returns the owner references of an object. */
export function ownerReferences(object: KubeObject): { readonly [key: string]: Json | undefined }[] {
  const owners = object.metadata['ownerReferences'];
  return isJsonList(owners) ? owners.filter(isJsonObject) : [];
}

/** Returns the finalizers of an object. */
export function finalizersOf(object: KubeObject): string[] {
  const finalizers = object.metadata['finalizers'];
  return isJsonList(finalizers) ? finalizers.filter((finalizer) => typeof finalizer === 'string') : [];
}
