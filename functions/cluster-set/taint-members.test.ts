import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTaints } from './taint-members.ts';

const cluster = (name: string, labels = {}) => ({ name, labels, properties: {}, version: '', set: 'eu' });

test('a cluster has the taints of all rules that name it, sorted and each once', () => {
  const { taintsOf, problems } = compileTaints(
    [
      { clusters: { clusterNames: ['a'] }, key: 'maintenance', effect: 'NoExecute' },
      {
        clusters: { clusterSelector: { matchLabels: { gpu: 'yes' } } },
        key: 'gpu',
        value: 'only',
        effect: 'NoSchedule',
      },
      { clusters: { clusterNames: ['a', 'b'] }, key: 'maintenance', value: '', effect: 'NoExecute' },
    ],
    'spec.taints',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(taintsOf(cluster('a', { gpu: 'yes' }), []), [
    { key: 'gpu', value: 'only', effect: 'NoSchedule' },
    { key: 'maintenance', effect: 'NoExecute' },
  ]);
  assert.deepEqual(taintsOf(cluster('c'), []), []);
});

test('a rule that is wrong is told with its path and taints nobody', () => {
  const rules = [{ clusters: { cel: 'cluster.labels[' }, key: 'broken', effect: 'NoSchedule' } as const];
  const { taintsOf, problems } = compileTaints(rules, 'spec.taints');
  assert.equal(problems[0]?.path, 'spec.taints[0].clusters.cel');
  assert.deepEqual(taintsOf(cluster('a'), []), []);
});

test('a rule that cannot be evaluated for a cluster changes nothing there', () => {
  const taint = { key: 'slow', effect: 'NoExecute' } as const;
  const { taintsOf } = compileTaints(
    [{ clusters: { cel: 'cluster.labels["speed"] == "low"' }, ...taint }],
    'spec.taints',
  );
  assert.deepEqual(taintsOf(cluster('a'), [taint]), [taint]);
  assert.deepEqual(taintsOf(cluster('a'), []), []);
});
