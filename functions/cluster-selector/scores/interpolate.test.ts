import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { interpolate } from './interpolate.ts';

const upTo = (weight: number) => ({ atMin: 0, atMax: weight });
const extremes = { min: 2n, max: 7n };

test('the ends are worth what they are, and between them it is linear', () => {
  assert.equal(interpolate(2n, extremes, upTo(100)), 0);
  assert.equal(interpolate(7n, extremes, upTo(100)), 100);
  assert.equal(interpolate(4n, extremes, upTo(100)), 40);
  assert.equal(interpolate(4n, extremes, { atMin: 100, atMax: 0 }), 60);
  assert.equal(interpolate(4n, extremes, { atMin: -100, atMax: 100 }), -20);
});

test('halves go away from zero', () => {
  assert.equal(interpolate(1n, { min: 0n, max: 2n }, upTo(1)), 1);
  assert.equal(interpolate(1n, { min: 0n, max: 2n }, upTo(-1)), -1);
  assert.equal(interpolate(4n, extremes, upTo(7)), 3);
});

test('a fraction is cut when that is asked for, on both sides of zero', () => {
  const line = { atMin: -50, atMax: 50 };
  assert.equal(interpolate(1n, { min: 0n, max: 3n }, line, 'towardZero'), -16);
  assert.equal(interpolate(2n, { min: 0n, max: 3n }, line, 'towardZero'), 16);
  assert.equal(interpolate(1n, { min: 0n, max: 3n }, line), -17);
});

test('amounts beyond the numbers that floats can hold are told apart', () => {
  const min = 10n ** 30n;
  assert.equal(interpolate(min + 1n, { min, max: min + 2n }, upTo(100)), 50);
});

test('an amount outside, or extremes that do not differ, are a bug', () => {
  assert.throws(() => interpolate(8n, extremes, upTo(100)), RangeError);
  assert.throws(() => interpolate(2n, { min: 2n, max: 2n }, upTo(100)), RangeError);
});

test('more is never worth less', () => {
  const amount = fc.bigInt({ min: 0n, max: 1000n });
  fc.assert(
    fc.property(amount, amount, fc.constantFrom('nearest' as const, 'towardZero' as const), (a, b, rounding) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      const worth = (each: bigint) => interpolate(each, { min: 0n, max: 1000n }, { atMin: -30, atMax: 70 }, rounding);
      assert.ok(worth(less) <= worth(more));
    }),
  );
});
