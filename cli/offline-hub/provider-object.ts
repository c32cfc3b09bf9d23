import { isJsonList, type Json } from '../../functions/kube/json.ts';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import { asObject } from './lenient-json.ts';

/** The apiVersion of provider-kubernetes' namespaced Object. */
export const objectApi = 'kubernetes.m.crossplane.io/v1alpha1';

/** The part of an Object's spec that the simulated provider reads. */
export interface ObjectSpec {
  /** What is to exist on the member; without a name it has that of the Object. */
  readonly manifest: KubeObject;
  readonly providerConfig: { readonly kind: string; readonly name: string };
  readonly policy: string;
  readonly celQuery: string;
  /** Whether a change on the member is wanted to be seen at once. */
  readonly watch: boolean;
  /** Tells whether the management policies allow an action. */
  may(action: 'Create' | 'Update' | 'Delete'): boolean;
}

/** Tells whether an object is an Object of provider-kubernetes. */
export function isProviderObject({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'Object' && groupOf(apiVersion) === groupOf(objectApi);
}

/** Returns what an Object asks for. */
export function readObjectSpec({ spec, metadata }: KubeObject): ObjectSpec {
  const { forProvider, providerConfigRef, readiness, managementPolicies, watch } = asObject(spec);
  const manifest = asObject(asObject(forProvider)['manifest']) as KubeObject;
  const { kind = 'ClusterProviderConfig', name = 'default' } = asObject(providerConfigRef);
  const { policy = 'SuccessfulCreate', celQuery = '' } = asObject(readiness);
  const policies: readonly Json[] = isJsonList(managementPolicies) ? managementPolicies : ['*'];
  const isNamed = manifest.metadata?.name !== undefined;
  return {
    manifest: isNamed ? manifest : { ...manifest, metadata: { ...manifest.metadata, name: metadata.name ?? '' } },
    providerConfig: { kind: String(kind), name: String(name) },
    policy: String(policy),
    celQuery: String(celQuery),
    watch: watch === true,
    may: (action) => policies.includes('*') || policies.includes(action),
  };
}
