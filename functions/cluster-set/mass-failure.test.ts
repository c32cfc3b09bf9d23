import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../generated/types.ts';
import { findMassFailure, holdsFailover, type MassFailure, massFailureConditions } from './mass-failure.ts';

const now = Date.UTC(2026, 0, 1, 1);
const time = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString().replace('.000', '');

/** A fleet of which some turned unhealthy so many minutes ago, and the others are well. */
const fleet = (size: number, ...unhealthySince: readonly number[]): readonly Member[] =>
  Array.from({ length: size }, (_, index): Member => {
    const minutes = unhealthySince[index];
    return {
      name: `c${index}`,
      clusterProfile: { namespace: 'fleet', name: `c${index}` },
      providerConfig: { kind: 'ClusterProviderConfig', name: `c${index}` },
      healthy: minutes === undefined,
      ...(minutes !== undefined && { healthChangedAt: time(minutes) }),
    };
  });

const find = (members: readonly Member[], before?: MassFailure, spec = {}) =>
  findMassFailure(members, before, spec, now);

test('more than half of the clusters, three at the least, within five minutes are a mass failure', () => {
  assert.deepEqual(find(fleet(5, 1, 2, 3)), { since: time(0), unhealthy: 3, members: 5 });
  assert.equal(find(fleet(6, 1, 2, 3)), undefined);
  assert.equal(find(fleet(2, 1, 1)), undefined);
  assert.equal(find(fleet(5, 1, 2, 7)), undefined);
  assert.equal(find(fleet(5, 50, 52, 55, 1))?.unhealthy, 3);
});

test('a ClusterSet may set share, number and time, and with 100 per cent nothing is one', () => {
  assert.equal(find(fleet(6, 1, 2, 3), undefined, { percent: 40 })?.unhealthy, 3);
  assert.equal(find(fleet(2, 1, 1), undefined, { minimum: 2 })?.unhealthy, 2);
  assert.equal(find(fleet(5, 1, 2, 7), undefined, { windowSeconds: 600 })?.unhealthy, 3);
  assert.equal(find(fleet(4, 1, 1, 1, 1), undefined, { percent: 100 }), undefined);
});

test('it keeps its date while it lasts, and ends when enough are well', () => {
  const before = { since: time(30), unhealthy: 3, members: 5 };
  assert.equal(find(fleet(5, 31, 32, 33), before)?.since, time(30));
  const ended = find(fleet(5, 31, 32), before);
  assert.deepEqual(ended, { ...before, endedAt: time(0) });
  assert.deepEqual([holdsFailover(before), holdsFailover(ended)], [true, false]);
  assert.equal(
    find(fleet(5, 31), { ...before, endedAt: time(9) })?.endedAt,
    time(9),
    'one is still unhealthy from then',
  );
  assert.equal(find(fleet(5, 3), { ...before, endedAt: time(9) }), undefined);
});

test('who lets go names the failure that is meant', () => {
  const before = { since: time(30), unhealthy: 3, members: 5 };
  const members = fleet(5, 31, 32, 33);
  assert.equal(holdsFailover(find(members, before, { letGo: time(30) })), false);
  assert.equal(holdsFailover(find(members, before, { letGo: time(90) })), true);
  assert.equal(find(fleet(5, 31), { ...before, isLetGo: true }), undefined);
});

test('the condition says what holds and how to let go, and a ClusterSet that never had it has none', () => {
  const failure = { since: time(30), unhealthy: 3, members: 5 };
  const [held] = massFailureConditions(failure, 'eu', false);
  assert.equal(held?.status, 'True');
  assert.match(
    held?.message ?? '',
    /3 of 5 clusters of ClusterSet eu .* set spec.massFailure.letGo to 2026-01-01T00:30:00Z/,
  );
  assert.deepEqual(massFailureConditions(undefined, 'eu', false), []);
  assert.equal(massFailureConditions(undefined, 'eu', true)[0]?.status, 'False');
});
