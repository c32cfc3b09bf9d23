import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import { autoscaler } from './autoscaler.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { samplePart } from './sample-part.ts';
import { workload } from './workload.ts';

const divided = (fields: Partial<Component>) => samplePart(fields, { isDivided: true });
const specOf = (fields: Partial<Component>) => workload(divided(fields)).spec as JsonObject;

test('the bounds of an autoscaler are those of all clusters together, and one without replicas runs none', () => {
  const fields: Partial<Component> = { replicas: 9, autoscaling: { minReplicas: 6, maxReplicas: 12 } };
  const spec = autoscaler(divided(fields))?.spec as JsonObject;
  assert.equal(spec['minReplicas'], '${share["web"]["6 at least 1"]}');
  assert.equal(spec['maxReplicas'], '${share["web"]["12 at least 1"]}');
  assert.equal(specOf(fields)['replicas'], '${replicas["web"] == 0 ? 0 : null}');
  const undivided = autoscaler(samplePart(fields))?.spec as JsonObject;
  assert.deepEqual([undivided['minReplicas'], undivided['maxReplicas']], [6, 12]);
});

test('numbers of a disruption budget are shared; percentages, holes and 0 stay as they are', () => {
  const budget = (disruption: NonNullable<Component['disruption']>, more: Partial<Component> = { replicas: 6 }) =>
    disruptionBudget(divided({ ...more, disruption }))?.spec as JsonObject;
  assert.equal(budget({ minAvailable: 4 })['minAvailable'], '${share["web"]["4 but 1"]}');
  assert.equal(budget({ maxUnavailable: 2 })['maxUnavailable'], '${share["web"]["2 at least 1"]}');
  assert.equal(budget({ minAvailable: '50%' })['minAvailable'], '50%');
  assert.equal(budget({ maxUnavailable: 0 })['maxUnavailable'], 0);
  assert.equal(budget({ minAvailable: 4 }, {})['minAvailable'], 4);
});

test('the completions of a Job are shared, and at least one of its pods runs at a time', () => {
  const spec = specOf({ kind: 'Job', completions: 100, parallelism: 10 });
  assert.equal(spec['completions'], '${replicas["web"]}');
  assert.equal(spec['parallelism'], '${share["web"]["10 at least 1"]}');
});

test('where a Job only says how many pods run at once these are shared, and a cluster without has nothing to do', () => {
  const { jobTemplate } = specOf({ kind: 'CronJob', schedule: '@daily', parallelism: 4 });
  const { spec } = jobTemplate as { readonly spec: JsonObject };
  assert.equal(spec['parallelism'], '${replicas["web"]}');
  assert.equal(spec['completions'], '${replicas["web"] == 0 ? 0 : null}');
});

test('what states no number runs on each cluster as it is', () => {
  assert.deepEqual(Object.keys(specOf({ kind: 'Job' })), ['template']);
  assert.equal('replicas' in specOf({}), false);
});
