import assert from 'node:assert/strict';
import { test } from 'node:test';
import { depthOf } from './depth.ts';

test('the depth of a value is that of its deepest branch', () => {
  assert.deepEqual(
    [depthOf('x'), depthOf(null), depthOf([]), depthOf({ a: 1 }), depthOf({ a: [{ b: 1 }], c: {} })],
    [0, 0, 1, 1, 3],
  );
});
