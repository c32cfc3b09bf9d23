import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divideWithNewcomers } from './divide-with-newcomers.ts';
import type { ReplicaTarget } from './division.ts';

const byCapacity = { mode: 'Divided', strategy: 'Capacity' } as const;
const divide = (total: number, targets: readonly ReplicaTarget[]) =>
  Object.fromEntries(divideWithNewcomers(total, targets, byCapacity).replicas);

test('clusters that join one after the other end up as if all had joined at once', () => {
  const fleet = fc.uniqueArray(fc.record({ cluster: fc.stringMatching(/^[a-z]{1,3}$/), room: fc.nat(30) }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ cluster }) => cluster,
  });
  fc.assert(
    fc.property(fleet, fc.nat(60), (targets, wanted) => {
      const total = Math.min(
        wanted,
        targets.reduce((sum, { room }) => sum + room, 0),
      );
      const atOnce = divide(total, targets);
      const joined = new Map<string, number>();
      for (const { cluster } of targets) {
        const next = divide(
          total,
          targets.map((target) => {
            const held = joined.get(target.cluster);
            return held === undefined ? target : { cluster: target.cluster, held, room: target.room - held };
          }),
        );
        for (const [name, held] of joined) assert.equal(next[name], held, 'who has joined keeps what it has');
        joined.set(cluster, next[cluster] ?? 0);
      }
      assert.equal(
        [...joined.values()].reduce((sum, held) => sum + held, 0),
        Object.values(atOnce).reduce((sum, held) => sum + held, 0),
      );
    }),
  );
});

test('a newcomer takes what its predecessor leaves, and nobody else changes', () => {
  const targets = [
    { cluster: 'a', held: 10, room: 50 },
    { cluster: 'b', held: 10, room: 5 },
    { cluster: 'new', room: 20 },
  ];
  assert.deepEqual(divide(30, targets), { a: 10, b: 10, new: 10 });
});

test('what a newcomer has no room for goes to the others by their room', () => {
  const targets = [
    { cluster: 'a', held: 10, room: 4 },
    { cluster: 'b', held: 10, room: 4 },
    { cluster: 'new', room: 6 },
  ];
  assert.deepEqual(divide(30, targets), { a: 12, b: 12, new: 6 });
});

test('a newcomer gets nothing of what is there already', () => {
  assert.deepEqual(
    divide(20, [
      { cluster: 'a', held: 20, room: 0 },
      { cluster: 'new', room: 20 },
    ]),
    { a: 20 },
  );
});

test('a newcomer of a later tier does not go before clusters of an earlier one', () => {
  const targets = [
    { cluster: 'a', held: 2, room: 1 },
    { cluster: 'b', tier: 1, room: 9 },
  ];
  const { replicas, unplaced } = divideWithNewcomers(5, targets, {
    ...{ mode: 'Divided', strategy: 'Capacity', overflow: true },
  });
  assert.deepEqual([Object.fromEntries(replicas), unplaced], [{ a: 3, b: 2 }, 0]);
});
