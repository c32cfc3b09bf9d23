import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { absent, childOf, formatJsonPointer, listIndex, parseJsonPointer, readPointer } from './json-pointer.ts';
import { formatProblem } from './problem.ts';

test('any tokens come back from their pointer', () => {
  const token = fc.string().filter((text) => text !== '__proto__');
  fc.assert(
    fc.property(fc.array(token), (tokens) =>
      assert.deepEqual(parseJsonPointer(formatJsonPointer(tokens)), { value: tokens }),
    ),
  );
});

test('a child is a member or item of its own', () => {
  assert.equal(childOf({ a: 1 }, 'a'), 1);
  assert.equal(childOf(['x'], '0'), 'x');
  for (const [container, token] of [
    [{}, 'toString'],
    [['x'], 'length'],
    [['x'], '00'],
    [['x'], '-'],
    ['text', '0'],
    [null, 'a'],
  ] as const) {
    assert.equal(childOf(container, token), undefined);
  }
});

test('a list index has no sign and no leading zero', () => {
  assert.deepEqual(['0', '10', '01', '-1', '1.0', '', '1e1'].map(listIndex), [
    0,
    10,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('reading tells how far the tokens lead', () => {
  assert.deepEqual(readPointer({ a: { b: null } }, ['a', 'b']), { value: null });
  const { problems } = { problems: [], ...readPointer({ a: { b: 1 } }, ['a', 'c', 'd']) };
  assert.deepEqual(problems.map(formatProblem), ['/a/c: there is no "c"; the object has: b']);
});

test('what an object has is listed sorted and bounded', () => {
  assert.equal(absent({}, [], 'a').hint, 'the object has: nothing');
  const many = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [String.fromCharCode(110 - index), 1]));
  assert.equal(absent(many, [], 'x').hint, 'the object has: a, b, c, d, e, f, g, h, i, j, k, l and 2 more');
});
