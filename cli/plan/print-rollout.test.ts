import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Move, Wait } from './plan.ts';
import { rolloutRows } from './print-rollout.ts';

const move = (seconds: number, change: Move['change'], ...clusters: readonly string[]): Move => ({
  ...{ seconds, change, clusters },
  ...(change !== 'leaving' && { wave: 'first' }),
});

test('a rollout is a timeline that tells when all that moved together were healthy', () => {
  const moves = [
    move(0, 'assigned', 'a'),
    move(5, 'healthy', 'a'),
    move(65, 'changed', 'a', 'b'),
    move(65, 'healthy', 'a'),
    move(70, 'leaving', 'c'),
    move(80, 'changed', 'd'),
    move(80, 'healthy', 'd'),
  ];
  assert.deepEqual(rolloutRows({ moves, waits: [] }), [
    ['+0s', 'first', 'a assigned, healthy after 5s'],
    ['+1m5s', 'first', 'a, b changed, 1 of 2 healthy'],
    ['+1m10s', '', 'c leaving'],
    ['+1m20s', 'first', 'd changed, healthy at once'],
  ]);
});

test('what is waited for stands where it was waited for, and before what it let go on', () => {
  const waits: readonly Wait[] = [
    { seconds: 3600, until: 3600, wave: 'rest', why: 'waits for 1 of 1 approvals of revision r1', isGiven: true },
    { seconds: 5, until: 3600, wave: 'first', why: 'soaks for 1h', isGiven: false },
    { seconds: 7200, why: 'AndonCord stop: it is broken', isGiven: false },
    { seconds: 7200, wave: 'rest', why: 'stands still: 1 of wave rest failed', isGiven: false },
  ];
  const rows = rolloutRows({ moves: [move(0, 'assigned', 'a'), move(3600, 'assigned', 'b')], waits });
  assert.deepEqual(rows, [
    ['+0s', 'first', 'a assigned, 0 of 1 healthy'],
    ['+5s', 'first', 'soaks for 1h (+1h)'],
    ['+1h', 'rest', 'waits for 1 of 1 approvals of revision r1; the plan goes on as if they were given'],
    ['+1h', 'first', 'b assigned, 0 of 1 healthy'],
    ['+2h', '', 'stands still: AndonCord stop: it is broken'],
    ['+2h', 'rest', 'stands still: 1 of wave rest failed'],
  ]);
});

test('a wave that goes in many steps takes one row', () => {
  const names = Array.from({ length: 200 }, (_, index) => `cluster-${index}`);
  const moves = names.flatMap((name, index) => [move(index, 'assigned', name), move(index + 4, 'healthy', name)]);
  const [row, ...rest] = rolloutRows({ moves, waits: [] });
  assert.deepEqual(rest, []);
  assert.equal(row?.[0], '+0s to +3m19s');
  assert.match(
    row?.[2] ?? '',
    /^cluster-0, cluster-1, .* and \d+ more assigned in 200 steps of up to 1, healthy after 4s$/,
  );
  assert.ok((row?.[2] ?? '').length < 130);
});
