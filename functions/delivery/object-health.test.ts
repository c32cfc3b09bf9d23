import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { objectHealth } from './object-health.ts';
import { contentAnnotation } from './readiness.ts';

type Facts = {
  synced?: 'True' | 'False';
  message?: string;
  generation?: number;
  seen?: number;
  content?: string;
  ready?: 'True' | 'False';
};

function observed({
  synced = 'True',
  message = '',
  generation = 3,
  seen = 3,
  content = 'abc',
  ready = 'True',
}: Facts = {}): KubeObject {
  const condition = (type: string, status: string) => ({
    type,
    status,
    reason: 'R',
    message,
    observedGeneration: seen,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  return {
    apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
    kind: 'Object',
    metadata: { name: 'o', generation },
    status: {
      conditions: [condition('Synced', synced), condition('Ready', ready)],
      atProvider: {
        manifest: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'x', annotations: { [contentAnnotation]: content } },
        },
      },
    },
  };
}

const now = Date.UTC(2026, 0, 1);
const phase = (facts?: Facts) => objectHealth(observed(facts), 'abc', now).phase;

test('healthy takes all four signs of freshness', () => {
  assert.equal(phase(), 'Healthy');
  assert.equal(phase({ seen: 2 }), 'Applying', 'the provider has not seen the present generation');
  assert.equal(phase({ content: 'old' }), 'Applying', 'the remote object shows older content');
  assert.equal(phase({ ready: 'False' }), 'Unhealthy');
});

test('an Object that is not there yet is being applied', () => {
  assert.equal(objectHealth(undefined, 'abc', now).phase, 'Applying');
});

for (const message of [
  'cannot get object: Get "https://10.0.0.1:6443/api": dial tcp 10.0.0.1:6443: connect: connection refused',
  'net/http: TLS handshake timeout',
  'context deadline exceeded',
]) {
  test(`unreachable although Ready is still True: ${message}`, () => {
    assert.equal(phase({ synced: 'False', message }), 'Unreachable');
  });
}

test('a refusal by the member is a failure, with its words', () => {
  const message = 'cannot apply object: Deployment.apps "x" is invalid: spec.replicas';
  assert.deepEqual(objectHealth(observed({ synced: 'False', message }), 'abc', now), { phase: 'Failed', message });
});
