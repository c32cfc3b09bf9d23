import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreeOn } from './agree-on.ts';

const agree = agreeOn('names');

test('every part that is expected must be given the same, more may be given', () => {
  assert.equal(agree({ count: 1 }, { count: 1, detail: 'x' }), true);
  assert.equal(agree({ count: 1, detail: 'x' }, { count: 1 }), false);
  assert.equal(agree({ order: ['a', 'b'] }, { order: ['b', 'a'] }), false);
});

test('parts that are sets are compared as sets', () => {
  assert.equal(agree({ names: ['a', 'b'] }, { names: ['b', 'a'] }), true);
  assert.equal(agree({ names: ['a'] }, { names: ['a', 'b'] }), false);
});

test('an error is given if and only if it is expected', () => {
  assert.equal(agree({ error: true }, { error: true, names: [] }), true);
  assert.equal(agree({ error: false, names: [] }, { names: [] }), false);
  assert.equal(agree({ names: [] }, { error: true, names: [] }), false);
});

test('answers that are no objects must be the same', () => {
  assert.equal(agree(1, 1), true);
  assert.equal(agree(['a'], ['b']), false);
});
