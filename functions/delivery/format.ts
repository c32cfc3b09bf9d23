import type { HealthRules } from '../health/health-rules.ts';
import type { KubeObject } from '../kube/object.ts';

/** What a format makes of one manifest: the spec of a provider-kubernetes Object, and the hash that tells its content. */
export interface Delivered {
  readonly spec: KubeObject['spec'];
  readonly content: string;
}

/** A version of the transformation from a manifest to an Object's spec. Its bytes never change once released, but with the rules of a team. */
export type Format = (
  manifest: KubeObject,
  providerConfig: { readonly kind: string; readonly name: string },
  rules?: HealthRules,
) => Delivered;
