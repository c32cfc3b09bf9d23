import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../generated/types.ts';
import { pauseMembers } from './pause-members.ts';

const member = (name: string, more: Partial<Member> = {}): Member => ({
  name,
  clusterProfile: { namespace: 'fleet', name },
  providerConfig: { kind: 'ClusterProviderConfig', name },
  healthy: true,
  ...more,
});

const paused = [{ cluster: 'eu-1', reason: 'Etcd is being moved until Friday.' }];

test('a paused member carries the reason, one that is kept for the grace period as well, and others none', () => {
  const missing = { missingSince: '2026-01-01T00:00:00Z' };
  assert.deepEqual(pauseMembers([member('eu-1', missing), member('eu-2')], paused).members, [
    member('eu-1', { ...missing, paused: 'Etcd is being moved until Friday.' }),
    member('eu-2'),
  ]);
});

test('a member that is no longer paused loses the reason', () => {
  assert.deepEqual(pauseMembers([member('eu-1', { paused: 'x' })], []).members, [member('eu-1')]);
});

test('a name that no member has is a mistake, with what it may have meant', () => {
  const { problems } = pauseMembers([member('eu-1'), member('us-1')], [{ cluster: 'eu-l', reason: 'x' }]);
  assert.deepEqual(problems, [
    {
      path: 'spec.paused[0].cluster',
      message: 'no member is named "eu-l"',
      hint: 'did you mean "eu-1"? Members are eu-1, us-1',
    },
  ]);
  const many = Array.from({ length: 30 }, (_, index) => member(`cluster-${index}`));
  const [problem] = pauseMembers(many, [{ cluster: 'x', reason: 'x' }]).problems;
  assert.match(problem?.hint ?? '', /^Members are cluster-0, .* and 20 more$/);
});
