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
  const known = withId('a', 'profile-a');
  const { members, problems } = take([member('profile-a', { clusterProfile: known.clusterProfile })], [known]);
  assert.deepEqual(members, [known]);
  assert.match(problems[0]?.message ?? '', /no longer says which cluster it is; it stays a/);
});

test('a ClusterProfile without the id that tells the way to another member speaks of that one', () => {
  const [known, other] = [withId('a', 'profile-a'), member('b')];
  const turned = member('profile-a', { clusterProfile: known.clusterProfile, providerConfig: other.providerConfig });
  const { members, problems } = take([turned, withId('a', 'profile-b')], [known, other]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    members.map(({ name, clusterProfile, formerNames = [] }) => [name, clusterProfile.name, ...formerNames]),
    [
      ['a', 'profile-b'],
      ['profile-a', 'profile-a', 'b'],
    ],
  );
});

/** A member that goes by its id. */
function withId(id: string, profile: string, more: Partial<Member> = {}): Member {
  const properties = { 'cluster.clusterset.k8s.io': id };
  return member(id, { clusterProfile: { namespace: 'fleet', name: profile }, properties, ...more });
}

describe('a cluster is the one that it was', () => {
  const config = (name: string) => ({ providerConfig: { kind: 'ClusterProviderConfig', name } as const });
  const names = (members: readonly Member[]) =>
    members.map(({ name, formerNames = [] }) => [name, ...formerNames].join(' was '));

  test('under another name, when it is reached by the same provider configuration', () => {
    const { members, knownAs } = take([member('b', config('way'))], [member('a', config('way'))]);
    assert.deepEqual(names(members), ['b was a']);
    assert.deepEqual(
      [...knownAs.values()].map(({ name }) => name),
      ['a'],
    );
    assert.deepEqual(names(take([member('c', config('way'))], members).members), ['c was b was a']);
    assert.deepEqual(names(take([member('a', config('way'))], members).members), ['a was b']);
  });

  test('with another provider configuration, when it has the same id or name', () => {
    const moved = take([withId('x', 'new', config('other'))], [withId('x', 'old')]);
    assert.deepEqual([names(moved.members), moved.knownAs.size], [['x'], 1]);
    assert.deepEqual(take([member('a', config('other'))], [member('a')]).knownAs.size, 1);
  });

  test('when its profile comes to carry an id, but not when it carries that of another', () => {
    const first = take([withId('x', 'profile-a')], [member('a')]);
    assert.deepEqual(names(first.members), ['x was a']);
    const second = take([withId('y', 'profile-a')], first.members);
    assert.deepEqual(names(second.members), ['x was a', 'y']);
    assert.equal(second.members[0]?.missingSince, '2026-01-01T00:10:00Z');
  });

  test('when two exchange their names, and neither keeps a name that the other has', () => {
    const before = [member('a', config('one')), member('b', config('two'))];
    const { members, knownAs } = take([member('a', config('two')), member('b', config('one'))], before);
    assert.deepEqual(names(members), ['a', 'b']);
    assert.deepEqual(
      members.map((each) => knownAs.get(each)?.name),
      ['b', 'a'],
    );
  });

  test('while it is missing and another has taken its name', () => {
    const before = [member('a', config('one')), member('b', config('two'))];
    const { members } = take([member('a', config('two'))], before);
    assert.deepEqual(
      members.map(({ name, providerConfig, missingSince }) => [name, providerConfig.name, missingSince !== undefined]),
      [
        ['a', 'two', false],
        ['former-a', 'one', true],
      ],
    );
    const back = take([member('a', config('two')), member('z', config('one'))], members);
    assert.deepEqual(names(back.members), ['a was b', 'z was former-a']);
  });
});

describe('two profiles of one cluster', () => {
  const way = { providerConfig: { kind: 'ClusterProviderConfig', name: 'way' } as const };

  test('leave it what it was first, whichever comes first by name', () => {
    const { members, problems } = take([member('a', way), member('b', way)], [member('b', way)]);
    assert.deepEqual(members, [member('b', way)]);
    assert.match(problems[0]?.message ?? '', /profile-b and profile-a are both cluster b: .*ClusterProviderConfig way/);
  });

  test('with one id as well', () => {
    const { members, problems } = take([withId('x', 'a'), withId('x', 'b')], [withId('x', 'b')]);
    assert.deepEqual(members, [withId('x', 'b')]);
    assert.match(problems[0]?.message ?? '', /b and a are both cluster x: both have the cluster id x/);
  });

  test('that were members both stay, and it is told', () => {
    const before = [member('a', way), member('b', way)];
    const { members, problems } = take(before, before);
    assert.deepEqual(members, before);
    assert.equal(problems.length, 1);
  });

  test('of which one turns to the other leave that one as it was', () => {
    const before = [member('a', way), member('b')];
    const { members } = take([member('a', way), member('b', way)], before);
    assert.deepEqual(members, before);
  });
});
