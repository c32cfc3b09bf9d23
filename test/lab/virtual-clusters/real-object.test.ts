import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isJsonObject, type JsonObject } from '../../../functions/kube/json.ts';
import { realObject, requestMistake } from './real-object.ts';
import type { ResourcePath } from './resource-path.ts';
import { virtualAnswer } from './virtual-object.ts';

const deployments: ResourcePath = {
  prefix: '/apis/apps/v1',
  namespace: 'shop',
  resource: 'deployments',
  subresource: '',
};
const namespaces: ResourcePath = { prefix: '/api/v1', resource: 'namespaces', subresource: '' };
const label = { 'lab.crossply.dev/virtual-cluster': 'eu1' };

test('a namespaced object keeps its name and gets a real namespace and the label', () => {
  assert.deepEqual(
    realObject('eu1', deployments, { metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' } } }),
    {
      metadata: { name: 'web', namespace: 'shop--eu1', labels: { a: 'b', ...label } },
    },
  );
});

test('a cluster-scoped object gets a real name', () => {
  assert.deepEqual(realObject('eu1', namespaces, { metadata: { name: 'shop' }, spec: {} }), {
    metadata: { name: 'shop--eu1', labels: label },
    spec: {},
  });
});

test('a subresource gets no label, and options nothing at all', () => {
  const scale = { metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 2 } };
  assert.deepEqual(realObject('eu1', { ...deployments, name: 'web', subresource: 'scale' }, scale), {
    ...scale,
    metadata: { name: 'web', namespace: 'shop--eu1' },
  });
  assert.deepEqual(realObject('eu1', deployments, { propagationPolicy: 'Background' }), {
    propagationPolicy: 'Background',
  });
});

test('what goes to the member comes back the same', () => {
  const name = fc.stringMatching(/^[a-z]([-a-z]{0,8}[a-z])?$/);
  const labels = fc.dictionary(name, name, { minKeys: 1, noNullPrototype: true });
  const object = fc.record(
    {
      metadata: fc.record({ name, labels }, { requiredKeys: ['name'], noNullPrototype: true }),
      spec: fc.dictionary(name, fc.string(), { noNullPrototype: true }),
    },
    { requiredKeys: ['metadata'], noNullPrototype: true },
  );
  fc.assert(
    fc.property(object, name, fc.boolean(), (body, namespace, isNamespaced) => {
      const path = isNamespaced ? { ...deployments, namespace } : namespaces;
      const sent: JsonObject = isNamespaced ? { ...body, metadata: { ...body.metadata, namespace } } : { ...body };
      const stored = realObject('eu1', path, sent);
      assert.ok(isJsonObject(stored['metadata']));
      assert.notDeepEqual(stored, sent);
      assert.deepEqual(virtualAnswer('eu1', path, stored), sent);
    }),
  );
});

test('a namespace without room for the cluster is refused, wherever it is named', () => {
  const long = 'n'.repeat(59);
  for (const [path, body] of [
    [{ ...deployments, namespace: long }, undefined],
    [{ ...namespaces, name: long }, undefined],
    [namespaces, { metadata: { name: long } }],
  ] as const) {
    assert.match(requestMistake('eu1', path, body) ?? '', /has 59 characters/);
  }
  assert.equal(requestMistake('eu1', namespaces, { metadata: { name: 'shop' } }), undefined);
});

test('a generated name is refused only where names tell the cluster', () => {
  const body = { metadata: { generateName: 'web-' } };
  assert.equal(requestMistake('eu1', deployments, body), undefined);
  assert.match(
    requestMistake('eu1', namespaces, body) ?? '',
    /^metadata\.generateName: must not be set for namespaces/,
  );
});
