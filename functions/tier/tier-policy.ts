import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { PlatformSpec, TierPolicy, TierSpec } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { priorityClassName } from './tier-names.ts';

/** Returns the rules of a Tier: what it says itself, else the defaults of its Platform, else Baseline and Protect; a rollout is filled up field by field, and what concerns the Tier's own rollout alone is left out. */
export function tierPolicy(
  spec: TierSpec,
  defaults: PlatformSpec['defaults'] | undefined,
  tier: NamespacedName,
): TierPolicy {
  const registries = spec.allowedRegistries ?? defaults?.allowedRegistries ?? [];
  const { paused: _, rollbackTo: __, attempt: ___, ...shared } = spec.rollout ?? {};
  const rollout = { ...defaults?.rollout, ...shared };
  return {
    podSecurity: spec.podSecurity ?? defaults?.podSecurity ?? 'Baseline',
    ...(registries.length > 0 && { allowedRegistries: registries }),
    ...(spec.requiredLabels !== undefined && { requiredLabels: spec.requiredLabels }),
    ...(spec.network !== undefined && { network: spec.network }),
    ...(Object.keys(rollout).length > 0 && { rollout }),
    ...(spec.health !== undefined && spec.health.length > 0 && { health: spec.health }),
    deletionPolicy: spec.deletionPolicy ?? 'Protect',
    ...(spec.freeze !== undefined && { freeze: spec.freeze }),
    ...(spec.priorityClass !== undefined && { priorityClassName: priorityClassName(tier) }),
  };
}

/** Returns the rules that an observed Tier has published; nothing before it has, for its spec alone may be weaker than what the Platform demands. */
export function publishedPolicy({ status }: KubeObject): TierPolicy | undefined {
  const published = isJsonObject(status) ? status['policy'] : undefined;
  return isJsonObject(published) ? (published as TierPolicy) : undefined;
}
