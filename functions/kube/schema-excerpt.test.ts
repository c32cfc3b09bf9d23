import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { excerpt } from './schema-excerpt.ts';

test('short values are shown whole', () => {
  assert.equal(excerpt('Deploymnt'), '"Deploymnt"');
  assert.equal(excerpt(3), '3');
  assert.equal(excerpt(null), 'null');
  assert.equal(excerpt(['a', 'b']), '["a","b"]');
  assert.equal(excerpt(undefined), 'nothing');
});

test('objects are shown by their first members, lists of objects by their length', () => {
  assert.equal(excerpt({}), '{}');
  assert.equal(excerpt({ name: 'a', image: 'b', env: [], args: [] }), '{name, image, env, …}');
  assert.equal(excerpt([{ name: 'a' }]), 'a list of 1 item');
  assert.equal(excerpt([{}, {}]), 'a list of 2 items');
});

test('every excerpt fits into a message', () => {
  assert.equal(excerpt('x'.repeat(1e6)).length, 60);
  fc.assert(fc.property(fc.jsonValue(), (value) => assert.ok(excerpt(value).length <= 80)));
});
