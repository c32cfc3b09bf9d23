import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../generated/types.ts';
import { withHistory } from './member-history.ts';

const now = Date.UTC(2026, 0, 1, 0, 10);
const time = '2026-01-01T00:10:00Z';
const earlier = '2026-01-01T00:00:00Z';
const taint = { key: 'maintenance', effect: 'NoExecute' } as const;

const member = (more: Partial<Member> = {}): Member => ({
  name: 'a',
  clusterProfile: { namespace: 'fleet', name: 'a' },
  providerConfig: { kind: 'ClusterProviderConfig', name: 'a' },
  healthy: true,
  ...more,
});

test('a new member has no history, for nothing has changed', () => {
  assert.deepEqual(withHistory(member(), [], undefined, now), member());
});

test('a new member that is unhealthy counts as unhealthy from now on', () => {
  assert.equal(withHistory(member({ healthy: false }), [], undefined, now).healthChangedAt, time);
});

test('a change of health is dated when it is first seen, and keeps its date', () => {
  const ill = withHistory(member({ healthy: false }), [], member(), now);
  assert.equal(ill.healthChangedAt, time);
  assert.equal(withHistory(member({ healthy: false }), [], ill, now + 60_000).healthChangedAt, time);
});

test('a change of a label, the version or a text property is dated; a number that changes is not', () => {
  const before = member({ labels: { region: 'eu' }, properties: { zone: 'a', nodes: '3' }, version: 'v1.34.0' });
  const changes: readonly [Partial<Member>, string | undefined][] = [
    [{ labels: { region: 'us' } }, time],
    [{ version: 'v1.35.0' }, time],
    [{ properties: { zone: 'b', nodes: '3' } }, time],
    [{ properties: { zone: 'a', nodes: '4' } }, undefined],
    [{}, undefined],
  ];
  for (const [change, changedAt] of changes) {
    assert.equal(withHistory({ ...before, ...change }, [], before, now).changedAt, changedAt, JSON.stringify(change));
  }
});

test('a taint is dated when it comes, keeps its date, and goes without a trace', () => {
  assert.deepEqual(withHistory(member(), [taint], member(), now).taints, [{ ...taint, since: time }]);
  const tainted = member({ taints: [{ ...taint, since: earlier }] });
  assert.deepEqual(withHistory(member(), [taint], tainted, now).taints, [{ ...taint, since: earlier }]);
  assert.deepEqual(withHistory(member(), [], tainted, now), member());
});
