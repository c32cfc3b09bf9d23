import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import { formatProblem } from '../kube/problem.ts';
import { selectorLabels, workloadLabels } from './labels.ts';
import { podTemplate } from './pod-template.ts';
import { samplePart } from './sample-part.ts';
import { checkKindFields, workload } from './workload.ts';

const specOf = (fields: Partial<Component>) => workload(samplePart(fields)).spec as JsonObject;
const problemsOf = (fields: Partial<Component>) => checkKindFields(samplePart(fields)).map(formatProblem);

test('a Deployment has the name, labels and annotations of the component', () => {
  const part = samplePart({ annotations: { note: 'x' }, strategy: { type: 'Recreate' }, minReadySeconds: 5 });
  assert.deepEqual(workload(part), {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'team-shop', labels: workloadLabels(part), annotations: { note: 'x' } },
    spec: {
      strategy: { type: 'Recreate' },
      minReadySeconds: 5,
      selector: { matchLabels: selectorLabels(part) },
      template: podTemplate(part),
    },
  });
});

test('a number of replicas becomes a hole, so that scaling changes no template', () => {
  assert.equal(specOf({ replicas: 0 })['replicas'], '${replicas["web"]}');
  assert.deepEqual(specOf({ replicas: 2 }), specOf({ replicas: 3 }));
  assert.equal(
    specOf({ replicas: '${cluster.labels.size == "large" ? 6 : 2}' })['replicas'],
    '${cluster.labels.size == "large" ? 6 : 2}',
  );
  assert.equal('replicas' in specOf({ replicas: 2, autoscaling: { maxReplicas: 5 } }), false);
});

test('a StatefulSet names its Service and passes its claims on', () => {
  const claims = [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }];
  const spec = specOf({ kind: 'StatefulSet', volumeClaimTemplates: claims, podManagementPolicy: 'Parallel' });
  assert.equal(spec['serviceName'], 'web');
  assert.equal(spec['podManagementPolicy'], 'Parallel');
  assert.deepEqual(spec['volumeClaimTemplates'], claims);
  assert.equal(specOf({ kind: 'StatefulSet', serviceName: 'peers' })['serviceName'], 'peers');
});

test('a DaemonSet has no replicas', () => {
  const spec = specOf({ kind: 'DaemonSet', updateStrategy: { type: 'OnDelete' } });
  assert.deepEqual(Object.keys(spec), ['updateStrategy', 'selector', 'template']);
});

test('a Job leaves its selector to Kubernetes', () => {
  const part = samplePart({ kind: 'Job', completions: 3, suspend: false });
  const { apiVersion, spec } = workload(part);
  assert.equal(apiVersion, 'batch/v1');
  assert.deepEqual(spec, { completions: 3, suspend: false, template: podTemplate(part) });
});

test('a CronJob pauses itself and hands the rest to its Jobs', () => {
  const part = samplePart({ kind: 'CronJob', schedule: '@daily', suspend: true, timeZone: 'Etc/UTC', backoffLimit: 1 });
  assert.deepEqual(workload(part).spec, {
    schedule: '@daily',
    timeZone: 'Etc/UTC',
    suspend: true,
    jobTemplate: {
      metadata: { labels: workloadLabels(part) },
      spec: { backoffLimit: 1, template: podTemplate(part) },
    },
  });
});

test('fields that do not go with the kind are refused instead of dropped', () => {
  assert.deepEqual(problemsOf({ suspend: true, completions: 1, strategy: {} }), [
    'spec.components[0].completions: does not go with kind Deployment; it goes with Job, CronJob',
    'spec.components[0].suspend: does not go with kind Deployment; it goes with Job, CronJob',
  ]);
  assert.deepEqual(problemsOf({ kind: 'DaemonSet', replicas: 2, autoscaling: { maxReplicas: 2 } }), [
    'spec.components[0].replicas: does not go with kind DaemonSet; it goes with Deployment, StatefulSet',
    'spec.components[0].autoscaling: does not go with kind DaemonSet; it goes with Deployment, StatefulSet',
  ]);
  assert.deepEqual(problemsOf({ kind: 'CronJob' }), [
    'spec.components[0].schedule: is required for a CronJob; such as "*/5 * * * *"',
  ]);
});
