import type { DivisionPolicy, ReplicaTarget } from './division.ts';
import { spreadSeats } from './spread-seats.ts';
import { maxOf, minOf } from './target-bounds.ts';
import { standingFirst } from './tie-order.ts';

/**
 * Returns the targets whose weight counts, each with its weight: those with one, or all with weight 1 when none has one
 * (as Karmada's static weights do).
 */
export function weighTargets(targets: readonly ReplicaTarget[]): readonly (ReplicaTarget & { weight: number })[] {
  const weighed = targets.map((target) => ({ ...target, weight: target.weight ?? 0 }));
  const listed = weighed.filter(({ weight }) => weight > 0);
  return listed.length > 0 ? listed : weighed.map((target) => ({ ...target, weight: 1 }));
}

/**
 * Returns the replicas of the targets that take part, by Webster of their weights within the minimum and maximum. What
 * is held decides ties alone and what there is room for does not matter, and one replica more never takes one from a cluster.
 */
export function divideByWeight(
  total: number,
  targets: readonly ReplicaTarget[],
  policy: DivisionPolicy,
): ReadonlyMap<string, number> {
  const parties = weighTargets(targets).map(({ cluster, weight }) => ({
    name: cluster,
    votes: weight,
    floor: minOf(policy),
    limit: maxOf(policy),
  }));
  return spreadSeats(total, parties, policy.ties ?? standingFirst(targets));
}
