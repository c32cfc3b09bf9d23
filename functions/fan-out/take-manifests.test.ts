import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { takeManifests } from './take-manifests.ts';

const config = (name: string, more: JsonObject = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...more,
});
const desired = (resources: { readonly [key: string]: KubeObject }) =>
  new Map(Object.entries(resources).map(([key, resource]) => [key, { resource }]));

test('everything is taken, whoever made it, without its status and in the namespace of the composite', () => {
  const { templates, hub } = takeManifests(
    desired({ a: config('x', { data: { k: 'v' }, status: { seen: true } }) }),
    'team-shop',
  );
  assert.deepEqual(templates['a'], {
    ...config('x', { data: { k: 'v' } }),
    metadata: { name: 'x', namespace: 'team-shop' },
  });
  assert.equal(hub.size, 0);
});

test('a resource that is annotated for the hub stays there', () => {
  const usage: KubeObject = { ...config('u'), metadata: { name: 'u', annotations: { 'crossply.dev/target': 'hub' } } };
  const { templates, hub } = takeManifests(desired({ u: usage }), undefined);
  assert.deepEqual([Object.keys(templates), [...hub.keys()]], [[], ['u']]);
});

test('two manifests of one object, one without a name and one too deep for the wire are refused', () => {
  let deep: JsonObject = {};
  for (let level = 0; level < 30; level++) deep = { deep };
  const nameless: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} };
  const { problems } = takeManifests(
    desired({ a: config('x'), b: config('x'), c: nameless, d: config('y', { deep }) }),
    'team-shop',
  );
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['desired["b"]', 'desired["c"].metadata.name', 'desired["d"]'],
  );
});
