import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundedName, isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue } from './names.ts';

test('a name that fits stays readable', () => {
  assert.equal(boundedName(['shop', 'frontend']), 'shop-frontend');
  assert.equal(boundedName(['online-shop', 'frontend']), 'online-shop-frontend');
});

test('a name that had to be changed ends in the hash of its exact parts', () => {
  assert.match(boundedName(['Shop', 'front.end']), /^shop-front-end-[0-9a-f]{8}$/);
  assert.notEqual(boundedName(['Shop', 'front.end']), boundedName(['shop', 'front_end']));
});

test('a dash after the first part does not make two lists of parts meet', () => {
  assert.notEqual(boundedName(['a-b', 'c']), boundedName(['a', 'b-c']));
  assert.match(boundedName(['a', 'b-c']), /^a-b-c-[0-9a-f]{8}$/);
});

test('a name that is too long is cut to the limit, without a dash at the seam', () => {
  const name = boundedName([`${'x'.repeat(10)}-${'y'.repeat(60)}`], 20);
  assert.match(name, /^x{10}-[0-9a-f]{8}$/);
});

test('nothing readable leaves the hash alone', () => {
  assert.match(boundedName(['---']), /^[0-9a-f]{8}$/);
});

test('every name is a DNS label within its limit, and lists of two parts never share one', () => {
  const part = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[ab-]{0,4}$/));
  const parts = fc.tuple(part, part);
  fc.assert(
    fc.property(parts, parts, fc.integer({ min: 10, max: 63 }), (one, other, limit) => {
      const name = boundedName(one, limit);
      assert.ok(isDnsLabel(name) && name.length <= limit, name);
      if (one[0] !== other[0] || one[1] !== other[1]) assert.notEqual(name, boundedName(other, limit));
    }),
  );
});

test('a DNS label has at most 63 lowercase characters and no dash at its ends', () => {
  for (const good of ['a', '0', 'a-b', 'x'.repeat(63)]) assert.ok(isDnsLabel(good), good);
  for (const bad of ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'x'.repeat(64), 'a\n']) assert.ok(!isDnsLabel(bad), bad);
});

test('a DNS subdomain is labels joined by dots', () => {
  for (const good of ['a', 'a.b-c.d', `${'x'.repeat(126)}.${'y'.repeat(126)}`]) assert.ok(isDnsSubdomain(good), good);
  for (const bad of ['', 'a..b', '.a', 'a.', 'a.-b', 'x'.repeat(254)]) assert.ok(!isDnsSubdomain(bad), bad);
});

test('a label value may be empty, mixed case, with dots and underscores inside', () => {
  for (const good of ['', 'A_b.c-D', 'x'.repeat(63)]) assert.ok(isLabelValue(good), good);
  for (const bad of ['_a', 'a.', 'a b', 'x'.repeat(64)]) assert.ok(!isLabelValue(bad), bad);
});

test('a label key is a name with an optional DNS prefix', () => {
  for (const good of ['a', 'A_b', 'example.com/A_b']) assert.ok(isLabelKey(good), good);
  for (const bad of ['', '/a', 'a/', 'Example.com/a', 'a/b/c', 'x'.repeat(64)]) assert.ok(!isLabelKey(bad), bad);
});
