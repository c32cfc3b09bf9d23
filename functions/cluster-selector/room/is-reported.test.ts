import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReported, reportSettlesAt, settledAfterMs } from './is-reported.ts';

const now = Date.UTC(2026, 0, 1);
const ago = (seconds: number) => now - seconds * 1000;

test('a report contains what was ready before it was made', () => {
  assert.equal(isReported({ promisedAt: ago(90), readySince: ago(60), reportedAt: ago(30) }, now), true);
  assert.equal(isReported({ promisedAt: ago(90), readySince: ago(60), reportedAt: ago(60) }, now), false);
});

test('a report from before the promise contains nothing, nor does a figure that never changed or replicas that are not ready', () => {
  assert.equal(isReported({ promisedAt: ago(30), readySince: ago(20), reportedAt: ago(60) }, now), false);
  assert.equal(isReported({ promisedAt: ago(90_000), readySince: ago(80_000) }, now), false);
  assert.equal(isReported({ promisedAt: ago(90), reportedAt: ago(30) }, now), false);
});

test('a report from between the promise and its being ready is believed when it has stayed the same for ten minutes', () => {
  const times = { promisedAt: ago(700), readySince: ago(600), reportedAt: ago(650) };
  assert.equal(isReported({ ...times, readySince: ago(599) }, now), false);
  assert.equal(reportSettlesAt({ ...times, readySince: ago(599) }), ago(599) + settledAfterMs);
  assert.equal(isReported(times, now), true);
  assert.equal(reportSettlesAt({ ...times, reportedAt: ago(10) }), undefined);
});
