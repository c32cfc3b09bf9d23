import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import { canProve } from './can-prove.ts';
import { objectOf, withConditions } from './health-cases.ts';
import { healthRules } from './health-rules.ts';
import { judgeHealth } from './judge-health.ts';
import { type Judged, proves } from './proves.ts';
import { teamRules } from './team-rules.ts';

const judged = (apiVersion: string, kind: string, parts: { spec?: JsonObject; status?: JsonObject } = {}): Judged => {
  const object = objectOf(apiVersion, kind, parts);
  return { object, health: judgeHealth(object) };
};

const deployment = (replicas: number) => judged('apps/v1', 'Deployment', { spec: { replicas } });
const certificate = judged('cert-manager.io/v1', 'Certificate', { status: withConditions('Ready') });

describe('the health of what a cluster runs proves', () => {
  test('something where a pod is wanted', () => assert.equal(proves([deployment(0), deployment(1)]), true));
  test('nothing where none is, whatever else there is', () =>
    assert.equal(proves([deployment(0), certificate]), false));
  test('something without pods, where an object could be unwell', () => assert.equal(proves([certificate]), true));
  test('nothing where none could be', () => assert.equal(proves([judged('v1', 'ConfigMap')]), false));
  test('nothing of a guess', () => assert.equal(proves([judged('example.org/v1', 'Widget')]), false));
  test('something of an unknown kind that tells its health', () =>
    assert.equal(proves([judged('example.org/v1', 'Widget', { status: withConditions('Ready') })]), true));
  test('nothing of a DaemonSet that no node wants', () => {
    const wanted = (count: number) => judged('apps/v1', 'DaemonSet', { status: { desiredNumberScheduled: count } });
    assert.deepEqual([proves([wanted(0)]), proves([wanted(1)])], [false, true]);
  });
  test('nothing of an empty cluster', () => assert.equal(proves([]), false));
});

describe('a desired manifest can prove', () => {
  const can = (apiVersion: string, kind: string, spec: JsonObject = {}) =>
    canProve(objectOf(apiVersion, kind, { spec }));
  test('something where replicas are wanted, not told, or a hole', () => {
    for (const spec of [{ replicas: 2 }, {}, { replicas: '${replicas.web}' }]) {
      assert.equal(can('apps/v1', 'Deployment', spec), true);
    }
  });
  test('nothing where none is', () => {
    assert.equal(can('apps/v1', 'Deployment', { replicas: 0 }), false);
    assert.equal(can('argoproj.io/v1alpha1', 'Rollout', { replicas: 0 }), false);
    assert.equal(can('batch/v1', 'Job', { suspend: true }), false);
  });
  test('something of a DaemonSet, whose nodes are not known yet', () =>
    assert.equal(can('apps/v1', 'DaemonSet'), true));
  test('something of a Service only with a load balancer', () => {
    assert.deepEqual([can('v1', 'Service'), can('v1', 'Service', { type: 'LoadBalancer' })], [false, true]);
  });
  test('nothing of a kind without health, or that nobody has described', () => {
    assert.deepEqual(
      [can('v1', 'ConfigMap'), can('batch/v1', 'CronJob'), can('example.org/v1', 'Widget')],
      [false, false, false],
    );
  });
  test('something of a kind that its team has described', () => {
    const rules = healthRules(teamRules([{ group: 'example.org', kind: 'Widget', healthy: 'has(object.status)' }]));
    assert.equal(canProve(objectOf('example.org/v1', 'Widget', {}), rules), true);
  });
});
