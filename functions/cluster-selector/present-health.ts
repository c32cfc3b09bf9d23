import type { KubeObject } from '../kube/object.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { ClusterHealth } from '../slices/unhealthy-clusters.ts';
import type { Present } from './placement.ts';
import { readInventory } from './read-inventory.ts';

/** Returns what ClusterSets say of the health of the clusters that run a composite, sorted by name; nothing of those that none of them lists. */
export function presentHealth(
  clusterSets: readonly KubeObject[],
  present: readonly Present[],
): readonly ClusterHealth[] {
  const known = new Map(readInventory(clusterSets).candidates.map((candidate) => [candidate.facts.name, candidate]));
  return [...new Set(present.map(({ cluster }) => cluster))].sort().flatMap((cluster) => {
    const candidate = known.get(cluster);
    if (candidate === undefined) return [];
    const { isHealthy, healthChangedAt } = candidate;
    return [{ cluster, isHealthy, ...(healthChangedAt !== undefined && { since: formatTimestamp(healthChangedAt) }) }];
  });
}
