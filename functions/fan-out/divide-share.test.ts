import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divideShare, shareMeanwhile } from './divide-share.ts';

const shares = (total: number, replicas: readonly number[], limit?: 'AtLeastOne' | 'ButOne') => [
  ...divideShare(
    { total, ...(limit !== undefined && { limit }) },
    new Map(replicas.map((count, index) => [`c${index}`, count])),
  ).values(),
];

test('a number is shared in proportion to the replicas, and kept in sum', () => {
  assert.deepEqual(shares(6, [3, 3, 3]), [2, 2, 2]);
  assert.deepEqual(shares(12, [5, 4, 0]), [7, 5, 0]);
  fc.assert(
    fc.property(fc.nat(1000), fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }), (total, replicas) => {
      fc.pre(replicas.some((count) => count > 0));
      assert.equal(
        shares(total, replicas).reduce((sum, share) => sum + share, 0),
        total,
      );
    }),
  );
});

test('what Kubernetes knows no 0 for is at least one on each cluster, and the fewest are never more than the most', () => {
  assert.deepEqual(shares(2, [3, 3, 3], 'AtLeastOne'), [1, 1, 1]);
  assert.deepEqual(shares(6, [4, 1, 0], 'AtLeastOne'), [5, 1, 1]);
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 200 }),
      fc.nat(200),
      (replicas, few, more) => {
        const [least, most] = [shares(few, replicas, 'AtLeastOne'), shares(few + more, replicas, 'AtLeastOne')];
        for (const [index, share] of least.entries()) assert.ok(share <= (most[index] ?? 0));
      },
    ),
  );
});

test('no cluster must keep all of its pods while others can keep more', () => {
  assert.deepEqual(shares(4, [2, 2, 4], 'ButOne'), [1, 1, 2]);
  assert.deepEqual(shares(3, [2, 2, 2], 'ButOne'), [1, 1, 1]);
  assert.equal(
    shares(4, [2, 2, 2], 'ButOne').reduce((sum, share) => sum + share, 0),
    4,
  );
  assert.deepEqual(shares(1, [1, 1, 1], 'ButOne').toSorted(), [0, 0, 1]);
});

test('a cluster that keeps replicas for a while keeps as much of what is shared', () => {
  const division = new Map([
    ['a', 5],
    ['b', 5],
  ]);
  assert.equal(shareMeanwhile({ total: 6 }, division, 10), 6);
  assert.equal(shareMeanwhile({ total: 12, limit: 'AtLeastOne' }, division, 7), 9);
  assert.equal(shareMeanwhile({ total: 10, limit: 'ButOne' }, division, 7), 6);
});
