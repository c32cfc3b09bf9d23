import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Candidate } from '../clusters/cluster-facts.ts';
import { lostClusters } from './lost-clusters.ts';
import { candidate, minutesAgo, now, present } from './place-fixtures.ts';
import type { Present } from './placement.ts';

const fiveMinutes = { failoverAfterMs: 300_000, failbackAfterMs: 300_000 };

const ill = (minutes: number, more: Partial<Candidate> = {}) =>
  candidate('a', { isHealthy: false, healthChangedAt: minutesAgo(minutes), ...more });

const lost = (a: Candidate, more: Partial<Present> = {}, others: readonly Candidate[] = [candidate('b')]) => {
  const { replaced, returned, nextDecisionAt } = lostClusters([a, ...others], [present('a', more)], fiveMinutes, now);
  return { replaced: [...replaced], returned: [...returned], nextDecisionAt };
};

const nothing = { replaced: [], returned: [], nextDecisionAt: undefined };

test('a cluster is lost once it has been unhealthy for long enough', () => {
  assert.deepEqual(lost(ill(4)), nothing);
  assert.deepEqual(lost(ill(5)).replaced, ['a']);
  assert.deepEqual(lost(candidate('a')), nothing);
});

test('it comes back when it has been well for long enough, and when that will be is told', () => {
  const well = (minutes: number) => candidate('a', { healthChangedAt: minutesAgo(minutes) });
  assert.deepEqual(lost(well(4), { isReplaced: true }), {
    ...{ replaced: ['a'], returned: [] },
    nextDecisionAt: minutesAgo(-1),
  });
  assert.deepEqual(lost(well(5), { isReplaced: true }).returned, ['a']);
  assert.deepEqual(lost(ill(1), { isReplaced: true }).replaced, ['a'], 'one that goes again stays lost');
});

test('nobody takes over while that is turned off, nobody is well, or the cluster is paused, leaving or held', () => {
  const off = lostClusters([ill(9), candidate('b')], [present('a')], { failbackAfterMs: 0 }, now);
  assert.equal(off.replaced.size, 0);
  assert.deepEqual(lost(ill(9), {}, []), nothing);
  assert.deepEqual(lost(ill(9), {}, [candidate('b', { isHealthy: false })]), nothing);
  assert.deepEqual(lost(ill(9, { paused: 'disks' })), nothing);
  assert.deepEqual(lost(ill(9), { leaving: true }), nothing);
  assert.deepEqual(lost(ill(9, { failover: { heldBecause: 'most are ill' } })), nothing);
});

test('after a mass failure ill health counts from its end', () => {
  assert.deepEqual(lost(ill(90, { failover: { countsFrom: minutesAgo(4) } })), nothing);
  assert.deepEqual(lost(ill(90, { failover: { countsFrom: minutesAgo(5) } })).replaced, ['a']);
});
