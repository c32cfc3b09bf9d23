import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, formatSeconds, formatTable, listNames } from './table.ts';

test('columns are aligned, without trailing spaces, and rows may be short', () => {
  assert.equal(formatTable([['a', 'bb'], ['ccc'], ['d', '']], '  '), '  a    bb\n  ccc\n  d');
  assert.equal(formatTable([]), '');
});

test('seconds read as people say them', () => {
  assert.deepEqual([0, 45, 60, 125, 4200, 90_000].map(formatSeconds), ['0s', '45s', '1m', '2m5s', '1h10m', '1d1h']);
});

test('what is too wide is cut, or counted', () => {
  assert.deepEqual([cut('abcde', 5), cut('abcdef', 5)], ['abcde', 'abcd…']);
  assert.deepEqual(
    [listNames(['a', 'b', 'c'], 4), listNames(['abcdef'], 4), listNames([])],
    ['a, b and 1 more', 'abcdef', ''],
  );
});
