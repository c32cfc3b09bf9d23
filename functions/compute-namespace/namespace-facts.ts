import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { ComputeNamespaceSpec, TierPolicy, TierSpec } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';

/** All that the objects of a ComputeNamespace are rendered from. */
export type NamespaceFacts = {
  /** Name of the ComputeNamespace, and the hub namespace it lives in. */
  readonly name: string;
  readonly hubNamespace: string;
  /** Name of the Namespace in the member clusters. */
  readonly namespace: string;
  readonly spec: ComputeNamespaceSpec;
  readonly tier: NamespacedName;
  readonly tierSpec: TierSpec;
  readonly policy: TierPolicy;
};

/** Returns an object in the member namespace. */
export function namespacedObject(
  { namespace }: NamespaceFacts,
  [apiVersion, kind, name]: readonly [apiVersion: string, kind: string, name: string],
  content: JsonObject,
): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace }, ...content };
}
