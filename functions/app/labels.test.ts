import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { checkLabels, checkRequiredLabels, selectorLabels, standardLabels, workloadLabels } from './labels.ts';
import { samplePart } from './sample-part.ts';

const policy = {
  podSecurity: 'Baseline',
  deletionPolicy: 'Protect',
  requiredLabels: ['team', 'cost.example.com/unit'],
} as const;

test('a selector has the names of component and App only, the objects tell more', () => {
  const selector = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'shop' };
  assert.deepEqual(selectorLabels(samplePart({ labels: { tier: 'front' } })), selector);
  assert.deepEqual(standardLabels(samplePart()), {
    ...selector,
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/managed-by': 'crossply',
  });
});

test('a workload has the required labels of the App, its own and the standard ones, and no others of the App', () => {
  const part = samplePart({ labels: { tier: 'front' } }, { labels: { team: 'a', other: 'b' }, policy });
  assert.deepEqual(workloadLabels(part), { team: 'a', tier: 'front', ...standardLabels(part) });
});

test('each missing required label is told; an empty one counts as missing', () => {
  const { app } = samplePart({}, { labels: { team: '' }, policy });
  assert.deepEqual(checkRequiredLabels(app).map(formatProblem), [
    'metadata.labels.team: is required by the Tier; label the App; its workloads and pods get the label too',
    "metadata.labels['cost.example.com/unit']: is required by the Tier; label the App; its workloads and pods get the label too",
  ]);
  assert.deepEqual(checkRequiredLabels(samplePart().app), []);
});

test('standard labels cannot be given another value', () => {
  const labels = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'suite' };
  assert.deepEqual(checkLabels(samplePart({ labels, service: { labels } })).map(formatProblem), [
    `spec.components[0].labels['app.kubernetes.io/part-of']: is always "shop" (got "suite"); leave it out, or use a label of your own`,
    `spec.components[0].service.labels['app.kubernetes.io/part-of']: is always "shop" (got "suite"); leave it out, or use a label of your own`,
  ]);
});
