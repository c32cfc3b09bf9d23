import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import { formatProblem } from '../kube/problem.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { checkRequiredLabelKeys, requiredLabelsRule } from './required-labels.ts';

const rule = requiredLabelsRule(['team', 'example.com/cost']);
const workload = (labels?: JsonObject, more: JsonObject = {}): JsonObject => ({
  kind: 'Deployment',
  metadata: { name: 'web', ...(labels !== undefined && { labels }), ...more },
});

test('a workload needs every required label, with a value', () => {
  const message = 'the Tier requires these labels, which are missing or empty: ';
  assert.equal(evaluateRule(rule, workload({ team: 'a', 'example.com/cost': '7' }), null), undefined);
  assert.equal(evaluateRule(rule, workload({ team: '' }), null), `${message}team, example.com/cost`);
  assert.equal(evaluateRule(rule, workload(), null), `${message}team, example.com/cost`);
});

test('an update may leave what was missing, but not take a label away', () => {
  assert.equal(evaluateRule(rule, workload({ team: 'a' }), workload()), undefined);
  assert.match(evaluateRule(rule, workload(), workload({ team: 'a' })) ?? '', /: team$/);
});

test('what a controller made is left to its owner', () => {
  const owned = (owner: JsonObject) => workload(undefined, { ownerReferences: [owner] });
  assert.equal(evaluateRule(rule, owned({ kind: 'CronJob', controller: true }), null), undefined);
  assert.match(evaluateRule(rule, owned({ kind: 'Config' }), null) ?? '', /team/);
});

test('a required label must be one that an object can have', () => {
  assert.deepEqual(checkRequiredLabelKeys(['team', 'a b'], 'spec.requiredLabels').map(formatProblem), [
    'spec.requiredLabels[1]: must be the key of a label, such as team (got "a b")',
  ]);
});
