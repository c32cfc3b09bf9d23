import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDuplicates } from './schema-lists.ts';

const ports = {
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['port', 'protocol'],
  items: { type: 'object', properties: { protocol: { type: 'string', default: 'TCP' } } },
} as const;

test('items of a set are all different', () => {
  assert.deepEqual(findDuplicates({ 'x-kubernetes-list-type': 'set' }, ['a', 'b', 'a']), [
    { index: 2, message: 'repeats item 0 of the list (got "a")', hint: 'remove one of the two' },
  ]);
});

test('items of a map differ in their keys; a key left out has its default', () => {
  assert.deepEqual(
    findDuplicates(ports, [{ port: 80, protocol: 'TCP' }, { port: 80 }, { port: 80, protocol: 'UDP' }]),
    [
      {
        index: 1,
        message: 'has the same port and protocol as item 0 of the list (got 80, "TCP")',
        hint: 'every item needs a port and protocol of its own',
      },
    ],
  );
});

test('an atomic list may repeat itself', () => {
  assert.deepEqual(findDuplicates({ 'x-kubernetes-list-type': 'atomic' }, ['a', 'a']), []);
  assert.deepEqual(findDuplicates({}, ['a', 'a']), []);
});

test('an item that is no object has no keys to compare', () => {
  assert.deepEqual(findDuplicates(ports, ['a', 'a']), []);
});
