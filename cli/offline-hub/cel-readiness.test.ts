import assert from 'node:assert/strict';
import test from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import { evaluateReadiness } from './cel-readiness.ts';

const object: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', annotations: { 'crossply.dev/content': 'abc' } },
  spec: { replicas: 3 },
  status: { readyReplicas: 3, isDone: true, conditions: [{ type: 'Available', status: 'True' }] },
};

const cases: readonly { readonly query: string; readonly isReady: boolean; readonly message?: RegExp }[] = [
  { query: 'object.status.readyReplicas == object.spec.replicas', isReady: true },
  { query: 'object.status.readyReplicas >= 4', isReady: false },
  { query: "object.status.conditions.exists(c, c.type == 'Available' && c.status == 'True')", isReady: true },
  { query: "'crossply.dev/content' in object.metadata.annotations", isReady: true },
  { query: 'has(object.status.readyReplicas)', isReady: true },
  { query: 'object.status.missing == 3', isReady: false, message: /failed to eval the program/ },
  { query: 'object.status.?readyReplicas == 3', isReady: false, message: /failed to compile query/ },
  { query: '', isReady: false, message: /cannot be empty/ },
  { query: 'object.status.isDone', isReady: false },
];

for (const { query, isReady, message } of cases) {
  test(`${query === '' ? 'an empty query' : query} is ${isReady ? 'ready' : 'not ready'}`, () => {
    const readiness = evaluateReadiness(query, object);
    assert.equal(readiness.isReady, isReady);
    if (message === undefined) assert.equal(readiness.message, undefined);
    else assert.match(readiness.message ?? '', message);
  });
}
