import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { PlatformSpec, TierPolicy, TierSpec } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { priorityClassName } from './tier-names.ts';

/** Returns the rules of a Tier: what it says itself, else the defaults of its Platform, else Baseline and Protect; a rollout is filled up field by field. */
export function tierPolicy(
  spec: TierSpec,
  defaults: PlatformSpec['defaults'] | undefined,
  tier: NamespacedName,
): TierPolicy {
  const registries = spec.allowedRegistries ?? defaults?.allowedRegistries ?? [];
  const rollout = { ...defaults?.rollout, ...spec.rollout };
  return {
    podSecurity: spec.podSecurity ?? defaults?.podSecurity ?? 'Baseline',
    ...(registries.length > 0 && { allowedRegistries: registries }),
    ...(spec.requiredLabels !== undefined && { requiredLabels: spec.requiredLabels }),
    ...(spec.network !== undefined && { network: spec.network }),
    ...(Object.keys(rollout).length > 0 && { rollout }),
    deletionPolicy: spec.deletionPolicy ?? 'Protect',
    ...(spec.priorityClass !== undefined && { priorityClassName: priorityClassName(tier) }),
  };
}

/** Returns the rules that an observed Tier has published; before it has, those that follow from its spec alone. */
export function publishedPolicy({ metadata, spec, status }: KubeObject): TierPolicy {
  const published = isJsonObject(status) ? status['policy'] : undefined;
  if (isJsonObject(published)) return published as TierPolicy;
  return tierPolicy(spec as TierSpec, undefined, { namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}
