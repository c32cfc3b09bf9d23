import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssignmentStatus } from '../generated/types.ts';
import { isStillMoving } from './slice-summary.ts';

const now = Date.UTC(2026, 0, 1, 0, 10);

const report = (cluster: string, phase: AssignmentStatus['phase'], minutesAgo = 1): AssignmentStatus => ({
  ...{ cluster, phase, entry: 'e', revision: 'r', objects: { desired: 1, ready: 0 }, messages: [] },
  since: new Date(now - minutesAgo * 60_000).toISOString(),
});

test('a cluster is on its way while it is not healthy, for ten minutes', () => {
  assert.equal(isStillMoving([report('a', 'Healthy'), report('b', 'Applying')], [], now), true);
  assert.equal(isStillMoving([report('a', 'Healthy'), report('b', 'Applying', 10)], [], now), false);
  assert.equal(isStillMoving([report('a', 'Left')], [], now), false);
});

test('one that the inventory calls unhealthy is not: looks every few seconds would not bring it back', () => {
  const reports = [report('a', 'Unreachable')];
  assert.equal(isStillMoving(reports, [{ cluster: 'a' }], now), false);
  assert.equal(isStillMoving([...reports, report('b', 'Applying')], [{ cluster: 'a' }], now), true);
});
