import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluateReadiness } from '../../cli/offline-hub/cel-readiness.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { contentAnnotation, readinessQuery } from './readiness.ts';

function isReady(apiVersion: string, kind: string, spec: JsonObject, status?: JsonObject, content = 'abc'): boolean {
  const manifest: KubeObject = { apiVersion, kind, metadata: { name: 'x' }, spec };
  const remote: KubeObject = {
    ...manifest,
    metadata: { name: 'x', generation: 2, annotations: { [contentAnnotation]: content } },
    ...(status !== undefined && { status }),
  };
  const readiness = evaluateReadiness(readinessQuery(manifest, 'abc'), remote);
  assert.equal(readiness.message, undefined);
  return readiness.isReady;
}

const current = { observedGeneration: 2 };
const all = (count: number) => ({
  ...current,
  replicas: count,
  updatedReplicas: count,
  availableReplicas: count,
  readyReplicas: count,
});

describe('an object without the wanted content is never ready', () => {
  test('however healthy it is', () => assert.equal(isReady('v1', 'ConfigMap', {}, undefined, 'old'), false));
  test('and with it, one without a health of its own is', () => assert.equal(isReady('v1', 'ConfigMap', {}), true));
});

describe('Deployment', () => {
  const ready = (spec: JsonObject, status?: JsonObject) => isReady('apps/v1', 'Deployment', spec, status);
  test('needs every replica new and available', () => assert.equal(ready({ replicas: 3 }, all(3)), true));
  test('not while old replicas are still there', () =>
    assert.equal(ready({ replicas: 3 }, { ...all(3), replicas: 4 }), false));
  test('not while some are not updated', () =>
    assert.equal(ready({ replicas: 3 }, { ...all(3), updatedReplicas: 2 }), false));
  test('not with the status of an older generation', () =>
    assert.equal(ready({ replicas: 3 }, { ...all(3), observedGeneration: 1 }), false));
  test('not before it has a status', () => assert.equal(ready({ replicas: 3 }), false));
  test('one replica is wanted when none is stated', () => assert.equal(ready({}, all(1)), true));
  test('none at all is fine when none is wanted', () => assert.equal(ready({ replicas: 0 }, current), true));
});

describe('StatefulSet', () => {
  const ready = (status?: JsonObject) => isReady('apps/v1', 'StatefulSet', { replicas: 3 }, status);
  test('needs every replica new and ready', () => assert.equal(ready(all(3)), true));
  test('not while one is not ready', () => assert.equal(ready({ ...all(3), readyReplicas: 2 }), false));
});

describe('DaemonSet', () => {
  const ready = (status?: JsonObject) => isReady('apps/v1', 'DaemonSet', {}, status);
  const nodes = (scheduled: number, available: number) => ({
    ...current,
    desiredNumberScheduled: scheduled,
    updatedNumberScheduled: scheduled,
    numberAvailable: available,
  });
  test('needs a pod on every node', () => assert.equal(ready(nodes(3, 3)), true));
  test('not while one is missing', () => assert.equal(ready(nodes(3, 2)), false));
  test('is fine where no node wants it', () => assert.equal(ready({ ...current, desiredNumberScheduled: 0 }), true));
});

describe('others', () => {
  const condition = (type: string, status: string) => ({ conditions: [{ type, status }] });
  test('a Job is ready when complete', () => {
    assert.equal(isReady('batch/v1', 'Job', {}, condition('Complete', 'True')), true);
    assert.equal(isReady('batch/v1', 'Job', {}, { active: 1 }), false);
  });
  test('a CronJob when it exists', () => assert.equal(isReady('batch/v1', 'CronJob', {}), true));
  test('a claim when bound', () => {
    assert.equal(isReady('v1', 'PersistentVolumeClaim', {}, { phase: 'Bound' }), true);
    assert.equal(isReady('v1', 'PersistentVolumeClaim', {}, { phase: 'Pending' }), false);
  });
  test('a Service at once, one with a load balancer when that has an address', () => {
    assert.equal(isReady('v1', 'Service', {}), true);
    assert.equal(isReady('v1', 'Service', { type: 'LoadBalancer' }, { loadBalancer: {} }), false);
    assert.equal(
      isReady('v1', 'Service', { type: 'LoadBalancer' }, { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }),
      true,
    );
  });
  test('a custom resource by its Ready condition, if it has one', () => {
    assert.equal(isReady('example.org/v1', 'Thing', {}, condition('Ready', 'False')), false);
    assert.equal(isReady('example.org/v1', 'Thing', {}, condition('Ready', 'True')), true);
    assert.equal(isReady('example.org/v1', 'Thing', {}, condition('Synced', 'True')), true);
  });
});
