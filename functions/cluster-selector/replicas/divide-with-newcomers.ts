import { divideReplicas } from './divide-replicas.ts';
import type { Division, DivisionPolicy, ReplicaTarget } from './division.ts';
import { tierTotals } from './tier-totals.ts';

/**
 * Returns a division in which clusters that run nothing yet take what is missing before those that run some get more.
 * Clusters join one after the other: without this, those that are there would take, look by look, what is meant for the
 * others. Only Capacity needs it; Weighted does not look at what is held, and Aggregated fills clusters in use first. With
 * overflow each tier is divided by itself: a cluster of a later one does not go before those of an earlier one.
 */
export function divideWithNewcomers(
  total: number,
  targets: readonly ReplicaTarget[],
  policy: DivisionPolicy,
): Division {
  if (policy.mode !== 'Divided' || policy.overflow !== true) return divideTier(total, targets, policy);
  const parts = tierTotals(total, targets, policy).map((tier) =>
    divideTier(tier.total, tier.targets, { ...policy, overflow: false }),
  );
  const replicas = new Map(parts.flatMap((part) => [...part.replicas]));
  const placed = [...replicas.values()].reduce((sum, count) => sum + count, 0);
  return {
    replicas,
    unplaced: total - placed,
    shortOfMin: parts.flatMap(({ shortOfMin }) => shortOfMin),
    overfull: parts.flatMap(({ overfull }) => overfull),
  };
}

function divideTier(total: number, targets: readonly ReplicaTarget[], policy: DivisionPolicy): Division {
  const newcomers = targets.filter(({ held }) => held === undefined);
  const missing = total - targets.reduce((sum, { held = 0 }) => sum + held, 0);
  const isSteady = policy.mode === 'Divided' && policy.strategy === 'Capacity' && policy.fresh !== true;
  if (!isSteady || newcomers.length === 0 || newcomers.length === targets.length || missing <= 0) {
    return divideReplicas(total, targets, policy);
  }
  const given = divideReplicas(missing, newcomers, policy).replicas;
  return divideReplicas(
    total,
    targets.map((target) => (target.held === undefined ? holding(target, given.get(target.cluster) ?? 0) : target)),
    policy,
  );
}

function holding({ room, ...target }: ReplicaTarget, held: number): ReplicaTarget {
  return { ...target, held, ...(room !== undefined && { room: Math.max(0, room - held) }) };
}
