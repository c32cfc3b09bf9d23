import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRanks, numberToPick, pickTop, rankBestFirst } from './rank.ts';

const entry = (name: string, spread: number, affinity: number, present = 0) => ({ name, spread, affinity, present });
const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);

test('spread counts before affinity, affinity before presence, and the caller breaks ties', () => {
  const entries = [entry('e', 0, 10, 1), entry('d', 0, 10), entry('c', 0, 10), entry('b', 0, 20), entry('a', 1, 0)];
  const ranked = rankBestFirst(entries, (each) => each, byName).map(({ name }) => name);
  assert.deepEqual(ranked, ['a', 'b', 'e', 'c', 'd']);
  assert.deepEqual(
    rankBestFirst(
      entries,
      (each) => each,
      (a, b) => byName(b, a),
    ).map(({ name }) => name),
    ['a', 'b', 'e', 'd', 'c'],
  );
  assert.equal(compareRanks(entry('a', 1, 2, 1), entry('b', 1, 2, 1)), 0);
});

test('the best are picked, and the rest is kept in order', () => {
  assert.deepEqual(pickTop(['a', 'b', 'c'], 2), { picked: ['a', 'b'], rest: ['c'] });
  assert.deepEqual(pickTop(['a'], 5), { picked: ['a'], rest: [] });
  assert.deepEqual(pickTop(['a'], 0), { picked: [], rest: ['a'] });
});

test('no more are picked than are wanted, allowed or there', () => {
  assert.deepEqual([numberToPick(1, 2, 3), numberToPick(3, 1, 2), numberToPick(3, 2, 1)], [1, 1, 1]);
});
