import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { report } from './function.ts';

const apiVersion = 'crossply.dev/v1alpha1';
const now = Date.UTC(2026, 0, 1, 12);

function run(kind: string, spec: JsonObject) {
  const composite: KubeObject = { apiVersion, kind, metadata: { name: 'x', namespace: 'shop' }, spec };
  return report.run(
    {
      input: {},
      context: new Map(),
      observed: { composite, resources: new Map() },
      desired: { status: {}, resources: new Map() },
      required: new Map(),
    },
    { now },
  );
}

test('each kind that is data alone has a report of its own', () => {
  assert.deepEqual(Object.keys(run('Platform', { owner: 'web' }).requirements ?? {}), ['tiers']);
  const approval = { for: { kind: 'App', name: 'shop' }, revision: '1a2b3c4d5e', wave: 'europe', approver: 'bob' };
  assert.deepEqual(Object.keys(run('Approval', approval).requirements ?? {}), ['for']);
  assert.deepEqual(run('AndonCord', { reason: 'fire' }).status, { scope: 'everything' });
});

test('a kind that it knows nothing of is refused, with what it knows', () => {
  assert.deepEqual(run('Website', {}), {
    fatal: 'kind: Report is a step for AndonCord, Approval, Platform (got "Website"); take it out of the Composition',
  });
});
