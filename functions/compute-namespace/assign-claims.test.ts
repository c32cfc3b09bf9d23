import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { assignClaims } from './assign-claims.ts';

function app(name: string, created: string, components: readonly string[], computeNamespace = 'shop'): KubeObject {
  return {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'App',
    metadata: { name, namespace: 'team', creationTimestamp: created },
    spec: { computeNamespace, components: components.map((each) => ({ name: each, image: 'x' })) },
  };
}

const older = app('zeta', '2026-01-01T00:00:00Z', ['web']);
const newer = app('alpha', '2026-01-02T00:00:00Z', ['web', 'db']);

test('the oldest App has a name that two want, whatever the order they come in', () => {
  const expected = [
    { name: 'db', app: 'alpha' },
    { name: 'web', app: 'zeta' },
  ];
  assert.deepEqual(assignClaims('shop', [newer, older], []), expected);
  assert.deepEqual(assignClaims('shop', [older, newer], []), expected);
});

test('who has a name keeps it while it needs it', () => {
  const before = [{ name: 'web', app: 'alpha' }];
  assert.deepEqual(assignClaims('shop', [older, newer], before)[1], { name: 'web', app: 'alpha' });
  const without = app('alpha', '2026-01-02T00:00:00Z', ['db']);
  assert.deepEqual(assignClaims('shop', [older, without], before)[1], { name: 'web', app: 'zeta' });
});

test('Apps of other ComputeNamespaces are of no concern', () => {
  assert.deepEqual(assignClaims('shop', [app('other', '2025-01-01T00:00:00Z', ['web'], 'else'), older], []), [
    { name: 'web', app: 'zeta' },
  ]);
});
