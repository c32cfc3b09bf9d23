import { checkWhole } from './check-whole.ts';
import { divideByRoom } from './divide-by-room.ts';
import { divideByWeight } from './divide-by-weight.ts';
import type { Division, DivisionPolicy, ReplicaTarget } from './division.ts';
import { availableOn, minOf } from './target-bounds.ts';
import { byName } from './tie-order.ts';
import { tierTotals } from './tier-totals.ts';

/**
 * Divides the replicas of a workload over the clusters chosen for it. The answer does not depend on the order of the
 * targets, and what finds no room is counted, never dropped. Throws on two targets of one name and on numbers that are
 * not whole: these are mistakes of the caller.
 */
export function divideReplicas(total: number, targets: readonly ReplicaTarget[], policy: DivisionPolicy): Division {
  const ordered = targets.toSorted((a, b) => byName({ name: a.cluster }, { name: b.cluster }));
  checkNumbers(total, ordered, policy);
  return policy.mode === 'Duplicated' ? duplicate(total, ordered, policy) : divide(total, ordered, policy);
}

/** Gives all replicas to each target; with overflow to as many tiers as have room for `total` together. */
function duplicate(total: number, targets: readonly ReplicaTarget[], policy: DivisionPolicy): Division {
  const users = policy.overflow && total > 0 ? firstRoomyTiers(total, targets) : targets;
  const replicas = new Map(users.map(({ cluster }) => [cluster, total]));
  return describe(targets, replicas, targets.length === 0 ? total : 0, 0);
}

function firstRoomyTiers(total: number, targets: readonly ReplicaTarget[]): readonly ReplicaTarget[] {
  const tiers = tierTotals(total, targets, { mode: 'Duplicated', failback: true });
  return tiers.filter((tier) => tier.total > 0).flatMap((tier) => tier.targets);
}

function divide(total: number, targets: readonly ReplicaTarget[], policy: DivisionPolicy): Division {
  const byStrategy = policy.strategy === 'Capacity' || policy.strategy === 'Aggregated' ? divideByRoom : divideByWeight;
  const parts = policy.overflow ? tierTotals(total, targets, policy) : [{ targets, total }];
  const replicas = new Map(parts.flatMap((part) => [...byStrategy(part.total, part.targets, policy)]));
  const placed = [...replicas.values()].reduce((sum, count) => sum + count, 0);
  return describe(targets, replicas, total - placed, minOf(policy));
}

function describe(
  targets: readonly ReplicaTarget[],
  given: ReadonlyMap<string, number>,
  unplaced: number,
  min: number,
): Division {
  const members = targets.flatMap((target) => {
    const count = given.get(target.cluster);
    return count === undefined ? [] : [{ target, cluster: target.cluster, count }];
  });
  return {
    replicas: new Map(members.map(({ cluster, count }) => [cluster, count])),
    unplaced,
    shortOfMin: members.filter(({ count }) => count < min).map(({ cluster }) => cluster),
    overfull: members.filter(({ target, count }) => count > availableOn(target)).map(({ cluster }) => cluster),
  };
}

function checkNumbers(total: number, ordered: readonly ReplicaTarget[], policy: DivisionPolicy): void {
  checkWhole(total, 'the number of replicas');
  checkWhole(policy.minPerCluster ?? 0, 'the least replicas of a cluster');
  checkWhole(policy.maxPerCluster ?? 0, 'the most replicas of a cluster');
  ordered.forEach(({ cluster, held = 0, tier = 0, weight = 0 }, index) => {
    if (ordered[index + 1]?.cluster === cluster) throw new RangeError(`cluster ${cluster} is given twice`);
    checkWhole(held, `the replicas held by ${cluster}`);
    checkWhole(tier, `the tier of ${cluster}`);
    checkWhole(weight, `the weight of ${cluster}`);
  });
}
