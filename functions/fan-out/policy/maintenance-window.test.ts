import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTimestamp } from '../../kube/timestamp.ts';
import { compileWindow } from './maintenance-window.ts';

const nights = { schedule: '0 22 * * 1-5', duration: '4h', timeZone: 'Europe/Berlin' };

function look(at: string, window = nights) {
  const answer = compileWindow(window, 'window').value?.(Date.parse(at));
  return answer?.isOpen === true ? 'open' : answer?.opensAt && formatTimestamp(answer.opensAt);
}

test('a window is open from its start until its duration has passed, in its time zone', () => {
  assert.equal(look('2026-11-20T20:59:59Z'), '2026-11-20T21:00:00Z');
  assert.equal(look('2026-11-20T21:00:00Z'), 'open');
  assert.equal(look('2026-11-21T00:59:59Z'), 'open');
  assert.equal(look('2026-11-21T01:00:00Z'), '2026-11-23T21:00:00Z', 'Friday night is followed by Monday night');
});

test('daylight saving moves the window with the clocks of the place', () => {
  assert.equal(look('2026-07-01T19:59:59Z'), '2026-07-01T20:00:00Z');
  assert.equal(look('2026-07-01T20:00:00Z'), 'open');
});

test('a date that does not exist never opens, and says no time', () => {
  assert.equal(look('2026-01-01T00:00:00Z', { ...nights, schedule: '0 0 30 2 *' }), undefined);
});

test('mistakes name the field and the value', () => {
  const told = (window: Partial<typeof nights>) =>
    compileWindow({ ...nights, ...window }, 'spec.rollout.window').problems?.map(
      ({ path, message }) => `${path}: ${message}`,
    );
  assert.match(told({ schedule: '0 25 * * *' })?.[0] ?? '', /^spec\.rollout\.window\.schedule: .*got "0 25 \* \* \*"/);
  assert.match(told({ schedule: '0 0 22 * * *' })?.[0] ?? '', /five fields/);
  assert.match(told({ timeZone: 'Europe/Berlinn' })?.[0] ?? '', /timeZone: .*Europe\/Berlinn/);
  assert.match(told({ duration: '0s' })?.[0] ?? '', /duration: .*got "0s"/);
});
