import assert from 'node:assert/strict';
import { test } from 'node:test';
import { largestWeight } from './largest-weight.ts';

const rules = [
  { matches: (name: string) => name.startsWith('eu'), weight: 2 },
  { matches: (name: string) => name.endsWith('1'), weight: 5 },
  { matches: (name: string) => name === 'us2', weight: 0 },
];

test('the largest weight of the rules that match counts', () => {
  assert.equal(largestWeight(rules, 'eu1'), 5);
  assert.equal(largestWeight(rules, 'eu2'), 2);
});

test('a weight of 0 is not the same as none', () => {
  assert.equal(largestWeight(rules, 'us2'), 0);
  assert.equal(largestWeight(rules, 'us3'), undefined);
});
