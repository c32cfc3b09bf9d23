import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertJson } from './assert-json.ts';

test('plain JSON passes, absent members included', () => {
  assertJson({ a: [1, 'x', null, true, { b: undefined }] }, 'resource');
});

for (const [what, value] of [
  ['undefined in a list', [undefined]],
  ['NaN', { a: Number.NaN }],
  ['a bigint', { a: 1n }],
  ['a date', { a: new Date(0) }],
  ['a map', { a: new Map() }],
] as const) {
  test(`${what} is refused with its path`, () => {
    assert.throws(() => assertJson(value, 'resource'), /^TypeError: resource(\.a|\[0\]): /);
  });
}

test('nesting that the wire cannot carry is refused', () => {
  let nested: unknown = 'leaf';
  for (let level = 0; level < 40; level++) nested = { nested };
  assert.throws(() => assertJson(nested, 'resource'), /nested deeper than 31 levels/);
});
