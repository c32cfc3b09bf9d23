import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Member } from '../generated/types.ts';
import { explainInventory, takeInventory } from './inventory.ts';

const clusterSet = { namespace: 'platform', name: 'eu' };
const now = Date.UTC(2026, 0, 1, 0, 10);

const member = (name: string, more: Partial<Member> = {}): Member => ({
  name,
  clusterProfile: { namespace: 'fleet', name: `profile-${name}` },
  providerConfig: { kind: 'ClusterProviderConfig', name },
  healthy: true,
  ...more,
});

const take = (
  profiles: readonly Member[],
  before: readonly Member[],
  at = now,
  wanted: (name: string) => boolean = () => true,
) =>
  takeInventory({
    clusterSet,
    profiles,
    filter: ({ name }) => (wanted(name) ? undefined : { because: 'mismatch', reason: 'no match' }),
    before,
    graceMs: 300_000,
    now: at,
  });

test('members are sorted by name, and a change of health or labels shows at once', () => {
  assert.deepEqual(
    take([member('b'), member('a')], []).members.map(({ name }) => name),
    ['a', 'b'],
  );
  assert.deepEqual(take([member('a', { healthy: false })], [member('a')]).members, [member('a', { healthy: false })]);
});

describe('a member that vanished', () => {
  test('is remembered with the time it was first missed', () => {
    const { members, nextGate } = take([member('a')], [member('a'), member('b')]);
    assert.deepEqual(members[1], member('b', { missingSince: '2026-01-01T00:10:00Z' }));
    assert.equal(nextGate, now + 300_000);
  });

  test('stays until the grace period is over, and then is gone', () => {
    const before = [member('a'), member('b', { missingSince: '2026-01-01T00:10:00Z' })];
    assert.equal(take([member('a')], before, now + 299_000).members.length, 2);
    assert.equal(take([member('a')], before, now + 300_000).members.length, 1);
  });

  test('is a full member again when it comes back', () => {
    const before = [member('b', { missingSince: '2026-01-01T00:05:30Z' })];
    assert.deepEqual(take([member('b')], before).members, [member('b')]);
  });

  test('is treated the same when it only stopped matching: a flapping label moves nothing', () => {
    const { members } = take([member('a'), member('b')], [member('a'), member('b')], now, (name) => name === 'a');
    assert.equal(members[1]?.missingSince, '2026-01-01T00:10:00Z');
  });
});

test('when every profile is gone at once, all members are kept for as long as it takes', () => {
  const inventory = take([], [member('a'), member('b')], now + 86_400_000);
  assert.deepEqual(inventory.members, [member('a'), member('b')]);
  assert.match(explainInventory(inventory), /all 2 members are kept/);
});

test('two profiles of one cluster are told, and the first by name is taken', () => {
  const twin = member('a', { clusterProfile: { namespace: 'fleet', name: 'another' } });
  const { members, problems } = take([member('a'), twin], []);
  assert.deepEqual(members, [twin]);
  assert.match(problems[0]?.message ?? '', /another and profile-a are both cluster a/);
});

test('a member whose match cannot be told stays as it was', () => {
  const { members, problems } = takeInventory({
    clusterSet,
    profiles: [member('a', { healthy: false })],
    filter: () => ({ because: 'error', reason: 'cel: no such label' }),
    before: [member('a')],
    graceMs: 0,
    now,
  });
  assert.deepEqual(members, [member('a')]);
  assert.match(problems[0]?.message ?? '', /no such label/);
});

test('a selection that fits no profile is told, also while the members are remembered', () => {
  const { members, problems } = take([member('a'), member('b')], [member('a')], now, () => false);
  assert.equal(members.length, 1);
  assert.deepEqual(
    problems.map(({ message }) => message),
    ['matches none of the 2 ClusterProfiles in the namespace'],
  );
  assert.deepEqual(take([], []).problems, []);
});

test('a member whose ClusterProfile cannot be read any more stays as it was', () => {
  const facts = {
    clusterSet,
    profiles: [member('a')],
    unreadable: new Set(['profile-b']),
    filter: () => undefined,
    before: [member('a'), member('b'), member('c')],
    graceMs: 0,
    now,
  };
  assert.deepEqual(takeInventory(facts).members, [member('a'), member('b')]);
  const none = takeInventory({ ...facts, profiles: [], unreadable: new Set(['profile-a', 'profile-b']) });
  assert.deepEqual(none.members, [member('a'), member('b')]);
  assert.equal(none.isSuspicious, false);
});

test('a member whose ClusterProfile lost its id keeps its name', () => {
  const { members, problems } = take([member('profile-a')].map(renamedProfile), [member('a')]);
  assert.deepEqual(members, [member('a')]);
  assert.match(problems[0]?.message ?? '', /no longer says which cluster it is; it stays a/);
});

/** The same ClusterProfile, without the id that gave the member its name. */
function renamedProfile(each: Member): Member {
  return { ...each, clusterProfile: { namespace: 'fleet', name: each.name } };
}
