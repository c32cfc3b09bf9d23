import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../functions/cluster-selector/placement.ts';
import type { Decision } from '../hub-reader/decide.ts';
import { explainDecision } from './explanation.ts';
import { printCluster } from './print-cluster.ts';
import { printExplanation } from './print-explanation.ts';

const app = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', metadata: { name: 'shop', namespace: 'team' } };

function decision(verdicts: readonly Verdict[], more: Partial<Decision['placement']> = {}): Decision {
  const summary = { reason: 'Placed', message: '1 of 6 clusters' };
  const placement = { mode: 'Decided' as const, chosen: [], verdicts, candidates: 6, summary, ...more };
  return { placement, candidates: [] };
}

test('the chosen come first, then those that leave, then the nearest misses', () => {
  const verdicts: readonly Verdict[] = [
    { cluster: 'a', verdict: 'Filtered', reason: 'unhealthy' },
    { cluster: 'b', verdict: 'Filtered', reason: 'taint', suggestion: 'would be selected with toleration x' },
    { cluster: 'c', verdict: 'Outscored', reason: 'enough', score: 40 },
    { cluster: 'd', verdict: 'Outscored', reason: 'enough', score: 70 },
    { cluster: 'e', verdict: 'Leaving', reason: 'excluded by name' },
    { cluster: 'f', verdict: 'Kept', reason: 'member of eu', score: 10 },
  ];
  const { clusters } = explainDecision(app, decision(verdicts));
  assert.deepEqual(
    clusters.map(({ cluster }) => cluster),
    ['f', 'e', 'd', 'c', 'b', 'a'],
  );
  assert.equal(
    printExplanation(explainDecision(app, decision(verdicts.slice(1, 4)))),
    [
      'App team/shop  Placed: 1 of 6 clusters',
      '',
      'CLUSTER  VERDICT    SCORE  WHY     WHAT WOULD HELP',
      'd        Outscored  70     enough',
      'c        Outscored  40     enough',
      'b        Filtered   -      taint   would be selected with toleration x',
    ].join('\n'),
  );
});

test('without any verdict the summary stands alone, with what becomes of what runs and when it is looked at again', () => {
  const kept = explainDecision(
    app,
    decision([], {
      mode: 'KeepLastGood',
      summary: { reason: 'InvalidPolicy', message: 'spec.placement.cel: must be an expression' },
      nextDecisionAt: Date.UTC(2026, 0, 1, 0, 5),
    }),
  );
  assert.equal(
    printExplanation(kept),
    'App team/shop  InvalidPolicy: spec.placement.cel: must be an expression  (what runs is kept as it is)  (looked at again at 2026-01-01T00:05:00Z)',
  );
});

test('one cluster is printed with every part of its score, and what it waits for', () => {
  const explanation = explainDecision(app, decision([]));
  const parts = [
    { name: 'Preferred', score: 90, weight: 2 },
    { name: 'Taints', score: 60, weight: 1 },
  ];
  const one = { cluster: 'a', verdict: 'Selected', reason: 'member of eu', score: 80, parts } as const;
  assert.equal(
    printCluster(explanation, { ...one, replicas: { cart: 1, web: 3 }, waitingFor: 'waits for ComputeNamespace live' }),
    [
      'App team/shop on a  Selected',
      '  why          member of eu',
      '  score        80',
      '    Preferred  90 (weight 2)',
      '    Taints     60 (weight 1)',
      '  waits        waits for ComputeNamespace live',
      '  replicas     cart 1, web 3',
      '  cluster      no ClusterSet lists it',
    ].join('\n'),
  );
});

test('on a cluster that is not done the rollout says what it waits for', () => {
  const assignments = [
    { cluster: 'a', phase: 'Healthy' },
    { cluster: 'b', phase: 'Waiting', message: 'waits for wave canary: 0 of 1 clusters are healthy' },
    { cluster: 'c', phase: 'Applying' },
  ];
  const verdicts = assignments.map(
    ({ cluster }): Verdict => ({ cluster, verdict: 'Selected', reason: 'member of eu' }),
  );
  const explanation = explainDecision({ ...app, status: { assignments } }, decision(verdicts));
  const [, second] = explanation.clusters;
  assert.match(
    printExplanation(explanation),
    /a +Selected +member of eu\nb +Selected +member of eu; Waiting: waits for wave canary: 0 of 1 clusters are healthy\nc +Selected +member of eu; Applying$/,
  );
  assert.ok(second);
  assert.match(printCluster(explanation, second), /\n {2}rollout +Waiting: waits for wave canary/);
});
