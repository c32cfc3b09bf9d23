import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration, parseDuration } from './duration.ts';

test('durations are hours, minutes and seconds, in this order', () => {
  assert.deepEqual(
    ['90s', '1h30m', '24h', '0s', '1h0m5s'].map(parseDuration),
    [90_000, 5_400_000, 86_400_000, 0, 3_605_000],
  );
  for (const text of ['', '5', '1.5h', '30m1h', '1d', '-1h', ' 1h']) assert.equal(parseDuration(text), undefined, text);
});

test('a duration is told in its two largest units', () => {
  assert.deepEqual([0, 45_000, 5_400_000, 3_605_000, 90_061_000].map(formatDuration), [
    '0s',
    '45s',
    '1h30m',
    '1h5s',
    '1d1h',
  ]);
});
