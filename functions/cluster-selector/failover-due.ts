import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Instant } from '../runtime/composition-function.ts';

/**
 * Returns from when on a cluster that is unhealthy may be replaced: after it has been so for the time of fail-over, counted
 * anew from the end of a mass failure. Nothing for one that is healthy or became unhealthy at an unknown time; never while
 * its ClusterSet holds fail-over back.
 */
export function failoverDueAt(
  { isHealthy, healthChangedAt, failover }: Candidate,
  failoverAfterMs: number,
): Instant | undefined {
  if (isHealthy || healthChangedAt === undefined) return undefined;
  if (failover?.heldBecause !== undefined) return Number.POSITIVE_INFINITY;
  return Math.max(healthChangedAt, failover?.countsFrom ?? healthChangedAt) + failoverAfterMs;
}
