import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './json.ts';

test('the order of members does not matter, the order of items does', () => {
  assert.equal(canonicalJson({ b: 1, a: { d: [2, 1], c: 'x' } }), '{"a":{"c":"x","d":[2,1]},"b":1}');
});

test('keys are sorted by code unit, not by locale', () => {
  assert.equal(canonicalJson({ a: 1, Z: 2, ä: 3, 10: 4, 9: 5 }), '{"10":4,"9":5,"Z":2,"a":1,"ä":3}');
});

test('a member set to undefined is an absent member', () => {
  assert.equal(canonicalJson({ a: undefined, b: null }), '{"b":null}');
});

test('what is not JSON is a bug, not a text', () => {
  assert.throws(() => canonicalJson(Number.NaN), /NaN is not a JSON number/);
  assert.throws(() => canonicalJson([undefined as unknown as Json]), /a undefined is not JSON/);
});

test('the text reads back as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      assert.deepEqual(JSON.parse(canonicalJson(plain as Json)), plain);
    }),
  );
});
