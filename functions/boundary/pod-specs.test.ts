import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import { containersOf, podSpecsOf } from './pod-specs.ts';

const found = (manifest: JsonObject) =>
  podSpecsOf({ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, ...manifest }).map(({ path, annotations }) => [
    path,
    annotations,
  ]);

const template = { metadata: { annotations: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };

test('a PodSpec is found wherever it stands, with the annotations of its pods', () => {
  assert.deepEqual(found({ metadata: { annotations: { p: 'q' } }, spec: template.spec }), [['spec', { p: 'q' }]]);
  assert.deepEqual(found({ spec: { template } }), [['spec.template.spec', { a: 'b' }]]);
  assert.deepEqual(found({ spec: { jobTemplate: { spec: { template } } } }), [
    ['spec.jobTemplate.spec.template.spec', { a: 'b' }],
  ]);
  assert.deepEqual(found({ spec: { metrics: [{ job: { template } }] } }), [
    ['spec.metrics[0].job.template.spec', { a: 'b' }],
  ]);
});

test('containers without an image count too, in whichever list', () => {
  assert.deepEqual(found({ spec: { containers: [] } }), [['spec', {}]]);
  assert.deepEqual(found({ spec: { initContainers: [{ name: 'c' }] } }), [['spec', {}]]);
  assert.deepEqual(found({ spec: { ephemeralContainers: [{ name: 'c' }] } }), [['spec', {}]]);
});

test('what has no list of containers is no PodSpec', () => {
  assert.deepEqual(found({ data: { containers: 'text' }, spec: { rules: [{ a: 1 }] } }), []);
});

test('all containers are listed with their paths', () => {
  const spec = { containers: [{ name: 'a' }], initContainers: [{ name: 'b' }], ephemeralContainers: [{ name: 'c' }] };
  assert.deepEqual(
    containersOf(spec, 'spec').map(({ path }) => path),
    ['spec.containers[0]', 'spec.initContainers[0]', 'spec.ephemeralContainers[0]'],
  );
});
