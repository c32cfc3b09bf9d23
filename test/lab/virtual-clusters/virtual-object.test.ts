import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResourcePath } from './resource-path.ts';
import { virtualAnswer, virtualEvent } from './virtual-object.ts';

const pods: ResourcePath = { prefix: '/api/v1', resource: 'pods', subresource: '' };
const namespaces: ResourcePath = { prefix: '/api/v1', resource: 'namespaces', subresource: '' };
const pod = (namespace: string) => ({ kind: 'Pod', metadata: { name: 'web', namespace } });
const partial = (name: string) => ({ kind: 'PartialObjectMetadata', metadata: { name } });

test('a namespace is shown under its own name, without the label of the cluster', () => {
  const labels = { 'kubernetes.io/metadata.name': 'shop--eu1', 'lab.crossply.dev/virtual-cluster': 'eu1', a: 'b' };
  assert.deepEqual(virtualAnswer('eu1', namespaces, { metadata: { name: 'shop--eu1', labels } }), {
    metadata: { name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop', a: 'b' } },
  });
});

test('a list leaves out what belongs to others, and keeps where it stands', () => {
  const items = ['shop--eu1', 'shop--eu2', 'kube-system'].map(pod);
  const list = { kind: 'PodList', metadata: { resourceVersion: '7' } };
  assert.deepEqual(virtualAnswer('eu1', pods, { ...list, items }), { ...list, items: [pod('shop')] });
});

test('only lists have items', () => {
  const odd = { kind: 'Basket', metadata: { name: 'a', namespace: 'shop--eu1' }, items: ['apple'] };
  assert.deepEqual(virtualAnswer('eu1', pods, odd), { ...odd, metadata: { name: 'a', namespace: 'shop' } });
});

test('the rows of a table show the name in their cells', () => {
  const rows = [
    { cells: ['shop--eu1', 'Active'], object: partial('shop--eu1') },
    { cells: ['shop--eu2', 'Active'], object: partial('shop--eu2') },
  ];
  assert.deepEqual(virtualAnswer('eu1', namespaces, { kind: 'Table', rows }), {
    kind: 'Table',
    rows: [{ cells: ['shop', 'Active'], object: partial('shop') }],
  });
});

test('a refusal speaks of virtual names', () => {
  assert.deepEqual(
    virtualAnswer('eu1', namespaces, {
      kind: 'Status',
      code: 404,
      message: 'namespaces "shop--eu1" not found',
      details: { name: 'shop--eu1', kind: 'namespaces' },
    }),
    {
      kind: 'Status',
      code: 404,
      message: 'namespaces "shop" not found',
      details: { name: 'shop', kind: 'namespaces' },
    },
  );
});

test('an object of another cluster in answer to a name is a bug', () => {
  assert.throws(() => virtualAnswer('eu1', namespaces, partial('shop--eu2')), /of another cluster/);
});

test('a watch shows the events of its own cluster', () => {
  const event = (namespace: string) => ({ type: 'MODIFIED', object: pod(namespace) });
  assert.deepEqual(virtualEvent('eu1', pods, event('shop--eu1')), event('shop'));
  assert.equal(virtualEvent('eu1', pods, event('shop--eu2')), undefined);
  const row = (name: string) => ({
    type: 'ADDED',
    object: { kind: 'Table', rows: [{ cells: [], object: partial(name) }] },
  });
  assert.deepEqual(virtualEvent('eu1', namespaces, row('shop--eu1')), row('shop'));
  assert.equal(virtualEvent('eu1', namespaces, row('shop--eu2')), undefined);
});

test('bookmarks and errors of a watch pass, because they name no object', () => {
  const bookmark = { type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: '9' } } };
  const error = { type: 'ERROR', object: { kind: 'Status', code: 410 } };
  assert.deepEqual(virtualEvent('eu1', pods, bookmark), bookmark);
  assert.deepEqual(virtualEvent('eu1', pods, error), error);
});
