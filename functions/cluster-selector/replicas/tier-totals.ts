import type { DivisionPolicy, ReplicaTarget } from './division.ts';
import { availableOn, heldBy, maxOf } from './target-bounds.ts';

/** Targets of one order of overflow, and the replicas that go to them together. */
export interface TierTotal {
  readonly targets: readonly ReplicaTarget[];
  readonly total: number;
}

/**
 * Returns how many replicas each tier gets, in their order; those that get none and run none are left out. Steadily a
 * tier keeps what it holds, more replicas go where room is in order, and fewer leave the last tier first. Fresh or with
 * failback every tier is filled before the next.
 */
export function tierTotals(
  total: number,
  targets: readonly ReplicaTarget[],
  policy: DivisionPolicy,
): readonly TierTotal[] {
  const tiers = [...Map.groupBy(targets, ({ tier }) => tier ?? 0)].toSorted(([a], [b]) => a - b);
  const refills = policy.fresh || policy.failback;
  const bases = tiers.map(([, members]) => ({
    targets: members,
    kept: refills ? 0 : sum(members, (target) => Math.min(heldBy(target), maxOf(policy))),
    most: sum(members, (target) => Math.min(availableOn(target), maxOf(policy))),
  }));
  let left = total;
  const keeping = bases.map(({ kept }) => {
    const keeps = Math.min(left, kept);
    left -= keeps;
    return keeps;
  });
  const totals = bases.map(({ targets: members, most }, index) => {
    const keeps = keeping[index] ?? 0;
    const gains = Math.min(left, most - keeps);
    left -= gains;
    return { targets: members, total: keeps + gains };
  });
  return totals.filter((tier) => tier.total > 0 || tier.targets.some((target) => heldBy(target) > 0));
}

function sum(targets: readonly ReplicaTarget[], amountOf: (target: ReplicaTarget) => number): number {
  return targets.reduce((so, target) => so + amountOf(target), 0);
}
