import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extremesOf, linearScores } from './linear-scores.ts';

const percent = { atMin: 0, atMax: 100, whenEqual: 100 };

test('amounts are scored between their own extremes', () => {
  assert.deepEqual(linearScores([10n, 2n, 6n], percent), [100, 0, 50]);
});

test('equal amounts are all worth the same', () => {
  assert.deepEqual(linearScores([3n, 3n], percent), [100, 100]);
  assert.deepEqual(linearScores([0n], { ...percent, whenEqual: 7 }), [7]);
});

test('an unknown amount has no score and no say', () => {
  assert.deepEqual(linearScores([10n, undefined, 5n], percent), [100, undefined, 0]);
  assert.deepEqual(linearScores([undefined], percent), [undefined]);
});

test('the line may run between other extremes', () => {
  assert.deepEqual(linearScores([1n, 2n], { ...percent, extremes: { min: 0n, max: 4n } }), [25, 50]);
});

test('extremes are those of the amounts that are known', () => {
  assert.deepEqual(extremesOf([undefined, 5n, -1n, 3n]), { min: -1n, max: 5n });
  assert.equal(extremesOf([undefined]), undefined);
});
