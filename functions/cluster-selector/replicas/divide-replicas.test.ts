import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divideReplicas } from './divide-replicas.ts';
import type { DivisionPolicy, ReplicaTarget } from './division.ts';
import { byName, fewerSeatsFirst } from './tie-order.ts';

type Facts = Omit<ReplicaTarget, 'cluster'>;

const weighted: DivisionPolicy = { mode: 'Divided', strategy: 'Weighted' };
const byCapacity: DivisionPolicy = { mode: 'Divided', strategy: 'Capacity' };
const aggregated: DivisionPolicy = { mode: 'Divided', strategy: 'Aggregated' };

function divide(total: number, clusters: { readonly [cluster: string]: Facts }, policy: DivisionPolicy) {
  const targets = Object.entries(clusters).map(([cluster, facts]) => ({ cluster, ...facts }));
  const { replicas, ...rest } = divideReplicas(total, targets, policy);
  return { ...rest, replicas: Object.fromEntries(replicas) };
}

function replicasOf(total: number, clusters: { readonly [cluster: string]: Facts }, policy: DivisionPolicy) {
  return divide(total, clusters, policy).replicas;
}

test('Duplicated runs all replicas everywhere, and tells where they do not fit', () => {
  assert.deepEqual(divide(3, { a: { room: 1, held: 2 }, b: { room: 2 } }, { mode: 'Duplicated' }), {
    replicas: { a: 3, b: 3 },
    unplaced: 0,
    shortOfMin: [],
    overfull: ['b'],
  });
  assert.equal(divide(3, {}, { mode: 'Duplicated' }).unplaced, 3);
});

test('Duplicated overflows to the next tier only when the first has too little room', () => {
  const policy: DivisionPolicy = { mode: 'Duplicated', overflow: true };
  assert.deepEqual(replicasOf(3, { a: { room: 3 }, b: { tier: 1, room: 9 } }, policy), { a: 3 });
  assert.deepEqual(replicasOf(4, { a: { room: 3 }, b: { tier: 1, room: 9 } }, policy), { a: 4, b: 4 });
  assert.deepEqual(replicasOf(0, { a: { room: 3 } }, policy), { a: 0 });
});

test('Weighted follows the weights, whatever is held', () => {
  assert.deepEqual(replicasOf(6, { a: { weight: 1, held: 6 }, b: { weight: 2 } }, weighted), { a: 2, b: 4 });
  assert.deepEqual(replicasOf(6, { a: { weight: 1 }, b: { weight: 2 } }, { mode: 'Divided' }), { a: 2, b: 4 });
});

test('a cluster without weight takes no part, unless none has a weight', () => {
  assert.deepEqual(replicasOf(2, { a: {}, b: { weight: 1 }, c: { weight: 0 } }, weighted), { b: 2 });
  assert.deepEqual(replicasOf(3, { a: {}, b: { weight: 0 }, c: {} }, weighted), { a: 1, b: 1, c: 1 });
});

test('Weighted does not look at the room, but tells where it is exceeded', () => {
  const { replicas, overfull, unplaced } = divide(4, { a: { room: 1 }, b: { room: 2 } }, weighted);
  assert.deepEqual(replicas, { a: 2, b: 2 });
  assert.deepEqual(overfull, ['a']);
  assert.equal(unplaced, 0);
});

test('the minimum comes first, and the surplus over the maximum goes on by weight', () => {
  const clusters = { a: { weight: 10 }, b: { weight: 1 }, c: { weight: 1 } };
  assert.deepEqual(replicasOf(8, clusters, { ...weighted, minPerCluster: 2 }), { a: 4, b: 2, c: 2 });
  assert.deepEqual(replicasOf(8, clusters, { ...weighted, maxPerCluster: 4 }), { a: 4, b: 2, c: 2 });
});

test('a minimum that the total does not cover is met evenly and told; a maximum leaves the rest unplaced', () => {
  const clusters = { a: { weight: 9 }, b: { weight: 1 }, c: { weight: 1 } };
  const short = divide(5, clusters, { ...weighted, minPerCluster: 2 });
  assert.deepEqual(short.replicas, { a: 2, b: 2, c: 1 });
  assert.deepEqual(short.shortOfMin, ['c']);
  assert.equal(divide(8, clusters, { ...weighted, maxPerCluster: 2 }).unplaced, 2);
});

test('Capacity places what fits and counts the rest', () => {
  const { replicas, unplaced } = divide(9, { a: { room: 2 }, b: { room: 5 } }, byCapacity);
  assert.deepEqual(replicas, { a: 2, b: 5 });
  assert.equal(unplaced, 2);
});

test('more replicas are divided by room and added, fewer by what is held', () => {
  const held = { a: { held: 2, room: 10 }, b: { held: 4, room: 10 }, c: { held: 6, room: 10 } };
  assert.deepEqual(replicasOf(24, held, byCapacity), { a: 6, b: 8, c: 10 });
  assert.deepEqual(replicasOf(6, held, byCapacity), { a: 1, b: 2, c: 3 });
});

test('an equal number stays where it is, whatever the room', () => {
  assert.deepEqual(replicasOf(6, { a: { held: 6, room: -3 }, b: { room: 100 } }, byCapacity), { a: 6 });
  assert.deepEqual(replicasOf(6, { a: { held: 3, room: 0 }, b: { held: 3, room: 9 } }, aggregated), { a: 3, b: 3 });
});

test('a cluster that holds more than it can take now gets nothing more and loses nothing', () => {
  assert.deepEqual(replicasOf(8, { a: { held: 6, room: -3 }, b: { room: 9 } }, byCapacity), { a: 6, b: 2 });
});

test('a fresh division starts over, what is held counting as room', () => {
  const clusters = { a: { held: 6, room: 0 }, b: { room: 6 } };
  assert.deepEqual(replicasOf(6, clusters, { ...byCapacity, fresh: true }), { a: 3, b: 3 });
  assert.deepEqual(replicasOf(0, clusters, { ...byCapacity, fresh: true }), { a: 0, b: 0 });
  const roomy = { a: { held: 3, room: 0 }, b: { room: 6 } };
  assert.deepEqual(replicasOf(6, roomy, { ...aggregated, fresh: true }), { b: 6 });
});

test('replicas of a cluster that is no target any more are placed anew', () => {
  assert.deepEqual(replicasOf(6, { b: { held: 2, room: 1 }, c: { room: 3 } }, byCapacity), { b: 3, c: 3 });
});

test('a cluster without limit weighs as much as the roomiest, and takes what has no room elsewhere', () => {
  assert.deepEqual(replicasOf(5, { a: {}, b: { room: 4 }, c: { room: 2 } }, byCapacity), { a: 2, b: 2, c: 1 });
  assert.deepEqual(replicasOf(12, { a: {}, b: { room: 4 }, c: { room: 2 } }, byCapacity), { a: 6, b: 4, c: 2 });
  assert.deepEqual(replicasOf(4, { a: {}, b: {} }, byCapacity), { a: 2, b: 2 });
  assert.deepEqual(replicasOf(4, { a: {}, b: { room: 0 } }, byCapacity), { a: 4, b: 0 });
});

test('replicas added one by one even out where the room is the same', () => {
  assert.deepEqual(replicasOf(4, { a: { held: 3 }, b: {}, c: {} }, byCapacity), { a: 3, b: 1, c: 0 });
  assert.deepEqual(replicasOf(5, { a: { held: 3 }, b: { held: 1 }, c: {} }, byCapacity), { a: 3, b: 1, c: 1 });
});

test('a caller may want another order of ties', () => {
  const ties = fewerSeatsFirst((a, b) => byName(b, a));
  assert.deepEqual(replicasOf(1, { a: {}, b: {} }, { ...byCapacity, ties }), { a: 0, b: 1 });
  assert.deepEqual(replicasOf(3, { a: { weight: 1 }, b: { weight: 1 } }, { ...weighted, ties }), { a: 1, b: 2 });
});

test('a new minimum takes no more than it needs, and a new maximum leads the surplus elsewhere', () => {
  const held = { a: { held: 10, room: 5 }, b: { held: 2, room: 9 }, c: { room: 9 } };
  assert.deepEqual(replicasOf(12, held, { ...byCapacity, minPerCluster: 3 }), { a: 6, b: 3, c: 3 });
  assert.deepEqual(replicasOf(12, held, { ...byCapacity, maxPerCluster: 9 }), { a: 9, b: 2, c: 1 });
  const full = { a: { held: 4, room: 0 }, b: { room: 0 } };
  assert.deepEqual(divide(4, full, { ...byCapacity, minPerCluster: 1 }).shortOfMin, ['b']);
});

test('Aggregated takes as few clusters as fit, those in use first', () => {
  assert.deepEqual(replicasOf(6, { a: { room: 3 }, b: { room: 6 }, c: { room: 5 } }, aggregated), { b: 6 });
  assert.deepEqual(replicasOf(6, { a: { held: 2, room: 4 }, b: { room: 60 } }, aggregated), { a: 6 });
  assert.deepEqual(replicasOf(8, { a: { room: 4 }, b: { room: 6 }, c: { room: 2 } }, aggregated), { a: 3, b: 5 });
  assert.deepEqual(replicasOf(3, { a: { held: 2 }, b: { held: 4 } }, aggregated), { b: 3 });
});

test('Aggregated takes the smaller rank of two clusters with equal room', () => {
  assert.deepEqual(replicasOf(3, { a: { room: 3, rank: 1 }, b: { room: 3, rank: 0 } }, aggregated), { b: 3 });
  assert.deepEqual(replicasOf(3, { b: { room: 3 }, a: { room: 3 } }, aggregated), { a: 3 });
});

test('Aggregated gives the minimum to the clusters in use only', () => {
  const policy: DivisionPolicy = { ...aggregated, minPerCluster: 3 };
  assert.deepEqual(replicasOf(6, { a: { room: 6 }, b: { room: 2 } }, policy), { a: 6 });
  assert.deepEqual(replicasOf(10, { a: { room: 9 }, b: { room: 4 } }, policy), { a: 7, b: 3 });
  const uneven = { a: { held: 5, room: 3 }, b: { held: 1, room: 9 } };
  assert.deepEqual(divide(6, uneven, policy).shortOfMin, ['b']);
  assert.deepEqual(replicasOf(6, uneven, policy), { a: 5, b: 1 });
  assert.deepEqual(replicasOf(8, uneven, policy), { a: 5, b: 3 });
  assert.deepEqual(replicasOf(6, uneven, { ...policy, fresh: true }), { b: 6 });
});

test('overflow fills one tier after the other, and counts what fits in none', () => {
  const clusters = { a: { room: 2 }, b: { room: 1 }, c: { room: 4, tier: 1 } };
  const policy: DivisionPolicy = { ...byCapacity, overflow: true };
  assert.deepEqual(replicasOf(3, clusters, policy), { a: 2, b: 1 });
  assert.deepEqual(replicasOf(5, clusters, policy), { a: 2, b: 1, c: 2 });
  assert.equal(divide(9, clusters, policy).unplaced, 2);
  assert.deepEqual(replicasOf(5, clusters, { ...weighted, overflow: true }), { a: 2, b: 1, c: 2 });
});

test('fewer replicas leave the last tier first, and more do not draw the others back', () => {
  const held = { a: { held: 4, room: 3 }, b: { held: 4, room: 3, tier: 1 } };
  const policy: DivisionPolicy = { ...byCapacity, overflow: true };
  assert.deepEqual(replicasOf(8, held, policy), { a: 4, b: 4 });
  assert.deepEqual(replicasOf(9, held, policy), { a: 5, b: 4 });
  assert.deepEqual(replicasOf(5, held, policy), { a: 4, b: 1 });
  assert.deepEqual(replicasOf(8, held, { ...policy, failback: true }), { a: 7, b: 1 });
  assert.deepEqual(replicasOf(7, held, { ...policy, fresh: true }), { a: 7, b: 0 });
});

test('what a tier holds over the maximum overflows', () => {
  const held = { a: { held: 6, room: 0 }, b: { room: 9, tier: 1 } };
  assert.deepEqual(replicasOf(6, held, { ...byCapacity, overflow: true, maxPerCluster: 4 }), { a: 4, b: 2 });
  const further = { a: { held: 8, room: 0 }, b: { held: 3, room: 9, tier: 1 }, c: { held: 3, room: 9, tier: 2 } };
  assert.deepEqual(replicasOf(11, further, { ...byCapacity, overflow: true, maxPerCluster: 5 }), { a: 5, b: 3, c: 3 });
});

test('mistakes of the caller are thrown', () => {
  const twice = [{ cluster: 'a' }, { cluster: 'a' }];
  assert.throws(() => divideReplicas(1, twice, weighted), /cluster a is given twice/);
  assert.throws(() => divideReplicas(-1, [], weighted), /the number of replicas must be a whole number/);
  assert.throws(() => divide(1, { a: { held: 0.5 } }, weighted), /the replicas held by a must be a whole number/);
  assert.throws(() => divide(1, { a: { weight: -2 } }, weighted), /the weight of a must be .* \(got -2\)/);
});

test('a remainder goes to the smaller rank, and stays with the cluster that has it already', () => {
  const ranked = { a: { rank: 2 }, b: { rank: 0 }, c: { rank: 1 } };
  assert.deepEqual(replicasOf(4, ranked, weighted), { a: 1, b: 2, c: 1 });
  assert.deepEqual(replicasOf(4, ranked, byCapacity), { a: 1, b: 2, c: 1 });
  const standing = { a: { rank: 2, held: 2 }, b: { rank: 0, held: 1 }, c: { rank: 1, held: 1 } };
  assert.deepEqual(replicasOf(4, standing, weighted), { a: 2, b: 1, c: 1 });
  assert.deepEqual(replicasOf(5, standing, weighted), { a: 2, b: 2, c: 1 });
  assert.deepEqual(replicasOf(3, standing, weighted), { a: 1, b: 1, c: 1 });
  const even = { a: { rank: 2, held: 2 }, b: { rank: 0, held: 2 }, c: { rank: 1, held: 2 } };
  assert.deepEqual(replicasOf(4, even, byCapacity), { a: 1, b: 2, c: 1 });
});
