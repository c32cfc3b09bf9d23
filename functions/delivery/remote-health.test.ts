import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { objectHealth } from './object-health.ts';
import { contentAnnotation } from './readiness.ts';

/** An Object whose provider has seen the present content and calls it ready. */
function applied(apiVersion: string, kind: string, rest: { readonly spec?: JsonObject; readonly status?: JsonObject }) {
  const condition = (type: string) => ({
    ...{ type, status: 'True', reason: 'R', observedGeneration: 1 },
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  const manifest = {
    ...{ apiVersion, kind },
    metadata: { name: 'x', generation: 2, annotations: { [contentAnnotation]: 'abc' } },
    ...rest,
  };
  const object: KubeObject = {
    ...{ apiVersion: 'kubernetes.m.crossplane.io/v1alpha1', kind: 'Object', metadata: { name: 'o', generation: 1 } },
    status: { conditions: [condition('Synced'), condition('Ready')], atProvider: { manifest } },
  };
  return object;
}

const condition = (type: string, status: string, message: string) => ({ conditions: [{ type, status, message }] });

const now = Date.UTC(2026, 0, 1, 0, 0, 30);

type Case = readonly [string, KubeObject, string, string];
const unwell: readonly Case[] = [
  [
    'a custom resource without any status',
    applied('kafka.strimzi.io/v1beta2', 'Kafka', {}),
    'Unhealthy',
    'says nothing of its health yet',
  ],
  [
    'one whose status speaks of an older generation',
    applied('kafka.strimzi.io/v1beta2', 'Kafka', {
      status: { observedGeneration: 1, ...condition('Ready', 'True', '') },
    }),
    'Unhealthy',
    'its status speaks of an older generation than the present one',
  ],
  [
    'a condition that speaks of an older generation',
    applied('example.org/v1', 'Thing', {
      status: { conditions: [{ type: 'Ready', status: 'True', observedGeneration: 1 }] },
    }),
    'Unhealthy',
    'does not say that it is healthy',
  ],
  [
    'Strimzi says NotReady',
    applied('kafka.strimzi.io/v1beta2', 'Kafka', { status: condition('NotReady', 'True', 'Pod kafka-0 is pending') }),
    'Unhealthy',
    'Pod kafka-0 is pending',
  ],
  [
    'an Argo Rollout is Degraded',
    applied('argoproj.io/v1alpha1', 'Rollout', { status: { phase: 'Degraded', message: 'aborted' } }),
    'Failed',
    'aborted',
  ],
  [
    'an HTTPRoute is not accepted',
    applied('gateway.networking.k8s.io/v1', 'HTTPRoute', {
      status: { parents: [condition('Accepted', 'False', 'no such listener')] },
    }),
    'Unhealthy',
    'no such listener',
  ],
  [
    'a Gateway is not programmed',
    applied('gateway.networking.k8s.io/v1', 'Gateway', {
      status: {
        conditions: [
          { type: 'Accepted', status: 'True' },
          { type: 'Programmed', status: 'False', message: 'no address' },
        ],
      },
    }),
    'Unhealthy',
    'no address',
  ],
  [
    'a CloudNativePG backup has failed',
    applied('postgresql.cnpg.io/v1', 'Backup', { status: { phase: 'failed', error: 'bucket is gone' } }),
    'Failed',
    'bucket is gone',
  ],
  [
    'a SparkApplication has failed',
    applied('sparkoperator.k8s.io/v1beta2', 'SparkApplication', {
      status: { applicationState: { state: 'FAILED', errorMessage: 'driver exited with 1' } },
    }),
    'Failed',
    'driver exited with 1',
  ],
  [
    'a CRD is not established',
    applied('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      status: condition('Established', 'False', 'not all names are accepted'),
    }),
    'Unhealthy',
    'not all names are accepted',
  ],
  [
    'an APIService is not available',
    applied('apiregistration.k8s.io/v1', 'APIService', { status: condition('Available', 'False', 'no endpoints') }),
    'Unhealthy',
    'no endpoints',
  ],
  [
    'a ReplicaSet has none of three',
    applied('apps/v1', 'ReplicaSet', { spec: { replicas: 3 }, status: { replicas: 3, observedGeneration: 2 } }),
    'Unhealthy',
    '0 of 3 replicas are available',
  ],
  ['a Pod is pending', applied('v1', 'Pod', { status: { phase: 'Pending' } }), 'Unhealthy', 'phase is Pending'],
  ['a Pod has failed', applied('v1', 'Pod', { status: { phase: 'Failed', message: 'evicted' } }), 'Failed', 'evicted'],
];

describe('what the provider calls ready is not healthy when its own status says otherwise', () => {
  for (const [reason, object, phase, message] of unwell) {
    test(reason, () => {
      const health = objectHealth(object, 'abc', now);
      assert.deepEqual([health.phase, health.message], [phase, message]);
    });
  }
});

describe('an object of a kind that nobody has described and that says nothing', () => {
  const silent = applied('example.org/v1', 'Widget', {});
  const since = Date.UTC(2026, 0, 1);

  test('is on its way for a minute since the provider found it as wanted, and says until when', () => {
    const { phase, message, decidesAt } = objectHealth(silent, 'abc', since + 59_000);
    assert.deepEqual([phase, decidesAt], ['Applying', since + 60_000]);
    assert.equal(message, 'says nothing of its health; taken for healthy from 2026-01-01T00:01:00Z on');
  });

  test('is then taken for healthy, and it is said that this is a guess', () => {
    const { phase, message, decidesAt } = objectHealth(silent, 'abc', since + 60_000);
    assert.deepEqual([phase, decidesAt], ['Healthy', undefined]);
    assert.equal(message, 'says nothing of its health for 60 s; taken for healthy');
  });

  test('begins anew when the provider has applied other content since', () => {
    const conditions = (silent.status as { conditions: readonly JsonObject[] }).conditions.map((each) =>
      each['type'] === 'Synced' ? { ...each, lastTransitionTime: '2026-01-01T01:00:00Z' } : each,
    );
    const renewed = { ...silent, status: { ...(silent.status as JsonObject), conditions } };
    assert.equal(objectHealth(renewed, 'abc', since + 3_600_000).phase, 'Applying');
  });
});

test('what its rule calls healthy is not while the provider does not call it ready', () => {
  const ready = applied('v1', 'Pod', { status: { phase: 'Succeeded' } });
  const conditions = (ready.status as { conditions: readonly JsonObject[] }).conditions.map((each) =>
    each['type'] === 'Ready' ? { ...each, status: 'False', message: 'cannot evaluate' } : each,
  );
  const object = { ...ready, status: { ...(ready.status as JsonObject), conditions } };
  const { phase, message } = objectHealth(object, 'abc', now);
  assert.deepEqual([phase, message], ['Unhealthy', 'cannot evaluate']);
});
