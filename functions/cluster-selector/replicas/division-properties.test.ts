import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { divideReplicas } from './divide-replicas.ts';
import type { Division, DivisionPolicy, ReplicaTarget } from './division.ts';
import { availableOn } from './target-bounds.ts';

const few = fc.nat(6);
const absentOr = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const total = fc.nat(60);
const targets = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 6 })
  .chain((clusters) => fc.tuple(...clusters.map(targetNamed)));

function targetNamed(cluster: string): fc.Arbitrary<ReplicaTarget> {
  const facts = { weight: absentOr(few), room: absentOr(fc.nat(20)), held: absentOr(fc.nat(12)), tier: fc.nat(2) };
  return fc.record(facts).map((given) => present({ cluster, ...given }));
}

const options = fc
  .record({
    minPerCluster: absentOr(few),
    maxPerCluster: absentOr(fc.nat(20)),
    overflow: fc.boolean(),
    failback: fc.boolean(),
    fresh: fc.boolean(),
  })
  .map(present);

const strategies = fc.constantFrom('Weighted', 'Capacity', 'Aggregated');
const policies = fc.tuple(strategies, options).map(([strategy, given]) => policy(strategy, given));
const byWeightOrRoom = policies.filter(({ strategy }) => strategy !== 'Aggregated');
const byRoom = policies.filter(({ strategy }) => strategy !== 'Weighted');
const steadyByRoom = byRoom.map(({ strategy, minPerCluster, maxPerCluster }) =>
  policy(strategy, present({ minPerCluster, maxPerCluster })),
);

function policy(
  strategy: DivisionPolicy['strategy'],
  given: Omit<DivisionPolicy, 'mode' | 'strategy'>,
): DivisionPolicy {
  return present({ mode: 'Divided' as const, strategy, ...given });
}

/** Leaves out what is `undefined`, as an optional field is given or absent. */
function present<T extends object>(given: T): { [key in keyof T]: Exclude<T[key], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [key in keyof T]: Exclude<T[key], undefined> };
}

function placed({ replicas }: Division): number {
  return [...replicas.values()].reduce((sum, count) => sum + count, 0);
}

/** The targets after a division was carried out: what was placed is held, and takes from the room. */
function carriedOut(before: readonly ReplicaTarget[], { replicas }: Division): ReplicaTarget[] {
  return before.map(({ held = 0, room, ...target }) => {
    const holds = replicas.get(target.cluster);
    const left = room === undefined ? undefined : room + held - (holds ?? 0);
    return present({ ...target, held: holds === 0 ? undefined : holds, room: left });
  });
}

function nobodyLoses(before: Division, after: Division): void {
  for (const [cluster, count] of before.replicas) {
    const now = after.replicas.get(cluster) ?? 0;
    assert.ok(now >= count, `${cluster} went from ${count} to ${now}`);
  }
}

describe('whatever is divided', () => {
  test('what is placed and what is not are the total, and no two orders of the targets differ', () => {
    fc.assert(
      fc.property(total, targets, policies, (count, given, how) => {
        const division = divideReplicas(count, given, how);
        assert.equal(placed(division) + division.unplaced, count);
        assert.deepEqual(divideReplicas(count, given.toReversed(), how), division);
        assert.deepEqual([...division.replicas.keys()], [...division.replicas.keys()].sort());
      }),
    );
  });

  test('nobody gets more than the maximum, nor by room more than there is, and nothing is unplaced that fits', () => {
    fc.assert(
      fc.property(total, targets, policies, (count, given, how) => {
        const division = divideReplicas(count, given, how);
        for (const target of given) {
          const gets = division.replicas.get(target.cluster) ?? 0;
          const isByRoom = how.strategy !== 'Weighted';
          const most = Math.min(how.maxPerCluster ?? Infinity, isByRoom ? availableOn(target) : Infinity);
          assert.ok(gets <= most, `${target.cluster} gets ${gets} of at most ${most}`);
          if (isByRoom && division.unplaced > 0) assert.equal(gets, most);
        }
      }),
    );
  });

  test('everybody who takes part has the minimum when total and room allow it', () => {
    const roomy = targets.map((given) => given.map(({ room: _, ...target }) => target));
    fc.assert(
      fc.property(total, roomy, fc.nat(5), byWeightOrRoom, (count, given, min, { strategy }) => {
        fc.pre(count >= min * given.length);
        const division = divideReplicas(count, given, policy(strategy, { minPerCluster: min }));
        assert.deepEqual(division.shortOfMin, []);
        for (const gets of division.replicas.values()) assert.ok(gets >= min);
      }),
    );
  });
});

describe('one replica more', () => {
  test('lowers no cluster under Weighted and Capacity, whatever the other settings', () => {
    fc.assert(
      fc.property(total, targets, byWeightOrRoom, (count, given, how) =>
        nobodyLoses(divideReplicas(count, given, how), divideReplicas(count + 1, given, how)),
      ),
      { numRuns: 300 },
    );
  });

  test('may lower one under Aggregated, when a further cluster is needed and nothing runs yet', () => {
    const given = [
      { cluster: 'a', room: 10 },
      { cluster: 'b', room: 6 },
    ];
    const how = policy('Aggregated', {});
    assert.deepEqual([...divideReplicas(10, given, how).replicas.values()], [10]);
    assert.deepEqual([...divideReplicas(11, given, how).replicas.values()], [7, 4]);
  });
});

describe('a division that was carried out', () => {
  test('stays as it is while the total does, also beside a new cluster', () => {
    fc.assert(
      fc.property(total, targets, steadyByRoom, fc.nat(20), (count, given, how, room) => {
        const division = divideReplicas(count, given, how);
        const running = carriedOut(given, division);
        const shares = (of: Division) => new Map([...of.replicas].filter(([, gets]) => gets > 0));
        assert.deepEqual(shares(divideReplicas(count, running, how)), shares(division));
        if (division.unplaced > 0 || how.minPerCluster !== undefined) return;
        const joined = [...running, { cluster: 'new', room }];
        assert.deepEqual(shares(divideReplicas(count, joined, how)), shares(division));
      }),
      { numRuns: 300 },
    );
  });

  test('gains exactly the difference when the total grows, and nobody loses', () => {
    fc.assert(
      fc.property(total, fc.nat(20), targets, steadyByRoom, (count, more, given, how) => {
        const division = divideReplicas(count, given, how);
        const grown = divideReplicas(count + more, carriedOut(given, division), how);
        nobodyLoses(division, grown);
        assert.equal(placed(grown) - placed(division), more - (grown.unplaced - division.unplaced));
      }),
      { numRuns: 300 },
    );
  });

  test('loses exactly the difference when the total shrinks, and nobody gains', () => {
    fc.assert(
      fc.property(total, fc.nat(20), targets, steadyByRoom, (count, fewer, given, how) => {
        const division = divideReplicas(count + fewer, given, how);
        fc.pre(division.unplaced === 0 && division.shortOfMin.length === 0);
        nobodyLoses(divideReplicas(count, carriedOut(given, division), how), division);
      }),
      { numRuns: 300 },
    );
  });
});
