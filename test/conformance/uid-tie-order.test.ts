import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fnv1a32, uidTieOrder } from './uid-tie-order.ts';

const a = { name: 'a', seats: 1 };
const b = { name: 'b', seats: 1 };

test('the hash is FNV-1a', () => {
  assert.equal(fnv1a32(''), 0x811c9dc5);
  assert.equal(fnv1a32('a'), 0xe40c292c);
  assert.equal(fnv1a32('foobar'), 0xbf9cf968);
});

test('an odd hash turns the names round, an even one and no uid do not', () => {
  assert.equal(fnv1a32('b') % 2, 1);
  assert.ok(uidTieOrder('b')(a, b) > 0);
  assert.ok(uidTieOrder('a')(a, b) < 0);
  assert.ok(uidTieOrder('')(a, b) < 0);
});

test('fewer seats go before any name', () => {
  assert.ok(uidTieOrder('b')(a, { name: 'b', seats: 2 }) < 0);
  assert.ok(uidTieOrder('')({ name: 'a', seats: 2 }, b) > 0);
});
