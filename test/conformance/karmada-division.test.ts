import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../functions/kube/json.ts';
import { karmadaDivision } from './karmada-division.ts';

const clusters = [
  { name: 'a', allocatable: 2, available: 5, tier: 0 },
  { name: 'b', allocatable: 9, available: 9, tier: 1 },
];
const full = {
  op: 'full',
  clusters,
  strategy: 'DynamicWeight',
  staticWeights: null,
  replicas: 6,
  previous: [{ cluster: 'a', replicas: 3 }],
  uid: '',
  overflow: true,
};
const select = { op: 'select', scores: { a: 1, b: 2, c: 3 }, maxClusters: 2, minClusters: null, overflow: [] };

function answer(question: Json): Json {
  return karmadaDivision.answer(question);
}

test('overflow fills the first tier with what it holds and has room for', () => {
  assert.deepEqual(answer(full), { replicas: { a: 5, b: 1 } });
  assert.deepEqual(answer({ ...full, replicas: 5, previous: [{ cluster: 'b', replicas: 5 }] }), {
    replicas: { a: 2, b: 3 },
  });
  assert.deepEqual(answer({ ...full, replicas: 15 }), { error: 'unschedulable' });
});

test('a tier is as large as what is available also where the strategy reads no room', () => {
  const unread = clusters.map((cluster) => ({ ...cluster, allocatable: 0 }));
  assert.deepEqual(answer({ ...full, clusters: unread, strategy: 'StaticWeight' }), { replicas: { a: 5, b: 1 } });
});

test('an unknown strategy and a workload without clusters are errors', () => {
  assert.deepEqual(answer({ ...full, op: 'strategy', strategy: 'Unsupported' }), { error: 'unsupported' });
  assert.deepEqual(answer({ ...full, clusters: [] }), { error: 'noClusters' });
  const divide = { op: 'divide', available: [{ cluster: 'a', replicas: 2 }], target: 3, uid: '' };
  assert.deepEqual(answer({ ...divide, strategy: 'Aggregated' }), { error: 'unschedulable' });
  assert.deepEqual(answer({ ...divide, strategy: 'StaticWeight' }), { error: 'unsupported' });
});

test('the uid decides ties', () => {
  const even = { ...full, overflow: false, strategy: 'StaticWeight', replicas: 1, previous: [] };
  assert.deepEqual(answer(even), { replicas: { a: 1 } });
  assert.deepEqual(answer({ ...even, uid: 'b' }), { replicas: { b: 1 } });
});

test('clusters are chosen by tier, then by score', () => {
  assert.deepEqual(answer(select), { clusters: ['c', 'b'] });
  assert.deepEqual(answer({ ...select, overflow: [['c'], ['b']] }), { clusters: ['a', 'c'] });
  assert.deepEqual(answer({ ...select, minClusters: 4 }), { error: 'unschedulable' });
});
