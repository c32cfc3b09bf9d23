import type { ComputeNamespaceSpec, ComputeNamespaceStatus } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';

type Sets = NonNullable<ComputeNamespaceStatus['clusterSets']>;

/**
 * Returns the ClusterSets to publish, sorted by name: those of the Tier that the ComputeNamespace uses. What was published
 * stays when the Tier has none any more, and so does a set that the ComputeNamespace names: vanished sets remove nothing.
 */
export function publishedSets(
  { tier, clusterSets: named }: ComputeNamespaceSpec,
  observed: readonly KubeObject[],
  before: Sets,
): Sets {
  const ofTier = observed
    .filter(({ spec }) => isJsonObject(spec) && spec['tier'] === tier.name)
    .map(({ metadata }) => metadata.name ?? '');
  const kept = before.map(({ name }) => name);
  const names = named === undefined ? ofTier : named.filter((name) => ofTier.includes(name) || kept.includes(name));
  if (ofTier.length === 0 || names.length === 0) return before;
  return [...names].sort().map((name) => ({ namespace: tier.namespace, name }));
}
