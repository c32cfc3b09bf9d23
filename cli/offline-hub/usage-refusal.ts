import { isJsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { asObject } from './lenient-json.ts';
import { kindKey, type ObjectRef } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import type { Refusal } from './refusal.ts';

/** The label by which core's webhook finds objects in use; it is set a moment after the Usage is created. */
export const inUseLabel = 'crossplane.io/in-use';

/** The apiVersion of Usage. */
export const usageApi = 'protection.crossplane.io/v1beta1';

/** Returns the refusal of deleting an object that a Usage protects, in the words of core's webhook. */
export function usageThatRefuses(store: ObjectStore, object: KubeObject): Refusal | undefined {
  if (object.metadata.labels?.[inUseLabel] !== 'true') return undefined;
  const usages = usagesOf(store, object);
  const [first] = usages;
  if (first === undefined) return undefined;
  const { by, reason } = asObject(first.spec);
  const because = isJsonObject(by)
    ? ` by resource ${by['kind']}/${asObject(by['resourceRef'])['name']}`
    : typeof reason === 'string'
      ? ` with reason: ${JSON.stringify(reason)}`
      : '';
  const { name, namespace } = first.metadata;
  const message = `This resource is in-use by ${usages.length} usage(s), including the *v1beta1.Usage "${name}" (in namespace "${namespace}")${because}.`;
  return {
    reason: 'Conflict',
    message: `admission webhook "nousages.protection.crossplane.io" denied the request: ${message}`,
  };
}

/** Returns the Usages of an object, those being deleted included: they protect it to their end. */
export function usagesOf(store: ObjectStore, { apiVersion, kind, metadata }: KubeObject): KubeObject[] {
  return store.index.list({ apiVersion: usageApi, kind: 'Usage' }).filter((usage) => {
    const used = usedBy(usage);
    const isSame = used !== undefined && kindKey(used.apiVersion, used.kind) === kindKey(apiVersion, kind);
    return isSame && used.name === metadata.name && (used.namespace ?? '') === (metadata.namespace ?? '');
  });
}

/** Returns the object that a Usage protects. Selectors are not resolved here: only `resourceRef` counts. */
export function usedBy(usage: KubeObject): ObjectRef | undefined {
  const { of } = asObject(usage.spec);
  if (!isJsonObject(of) || !isJsonObject(of['resourceRef'])) return undefined;
  const { name, namespace = usage.metadata.namespace } = of['resourceRef'];
  const ref = { apiVersion: String(of['apiVersion']), kind: String(of['kind']), name: String(name) };
  return typeof namespace === 'string' ? { ...ref, namespace } : ref;
}

/** Returns the object that uses, when the Usage names one. */
export function userOf(usage: KubeObject): ObjectRef | undefined {
  const { by } = asObject(usage.spec);
  if (!isJsonObject(by) || !isJsonObject(by['resourceRef'])) return undefined;
  const { namespace } = usage.metadata;
  const ref = {
    apiVersion: String(by['apiVersion']),
    kind: String(by['kind']),
    name: String(asObject(by['resourceRef'])['name']),
  };
  return namespace === undefined ? ref : { ...ref, namespace };
}
