import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { SpreadConstraint } from '../../generated/types.ts';
import { domainOf } from './spread-constraint.ts';

/** How many chosen clusters each domain holds; a domain without any is there with 0. */
export type DomainCounts = ReadonlyMap<string, number>;

/** The smallest, second smallest and largest of some counts; the first two are the same when two domains tie or there is but one. */
export interface CountExtremes {
  readonly smallest: number;
  readonly secondSmallest: number;
  readonly largest: number;
}

/** Returns the chosen clusters of every domain that any of the clusters belongs to; clusters outside all domains count nowhere. */
export function domainCounts(
  clusters: Iterable<Pick<ClusterFacts, 'name' | 'labels' | 'properties'>>,
  key: Pick<SpreadConstraint, 'topologyKey' | 'property'>,
  chosen: ReadonlySet<string>,
): DomainCounts {
  const counts = new Map<string, number>();
  for (const cluster of clusters) {
    const domain = domainOf(key, cluster);
    if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + (chosen.has(cluster.name) ? 1 : 0));
  }
  return counts;
}

/** Returns the extremes of counts; nothing when there is no domain. */
export function countExtremes(counts: DomainCounts): CountExtremes | undefined {
  if (counts.size === 0) return undefined;
  let [smallest, secondSmallest, largest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (const count of counts.values()) {
    if (count < smallest) [smallest, secondSmallest] = [count, smallest];
    else if (count < secondSmallest) secondSmallest = count;
    if (count > largest) largest = count;
  }
  return { smallest, secondSmallest: counts.size === 1 ? smallest : secondSmallest, largest };
}
