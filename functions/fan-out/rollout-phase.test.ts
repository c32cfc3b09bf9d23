import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssignmentStatus } from '../generated/types.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import { isConverging, nextLook } from './converging.ts';
import type { RolloutPlan } from './plan-rollout.ts';
import { phaseOf } from './rollout-phase.ts';

const now = Date.UTC(2026, 0, 1, 1);
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

function placed(
  phase: AssignmentStatus['phase'],
  since: string,
  state: 'Assigned' | 'Leaving' = 'Assigned',
): PlacedAssignment {
  const providerConfig = { kind: 'ClusterProviderConfig' as const, name: 'a' };
  return {
    assignment: { cluster: 'a', providerConfig, revision: 'r', format: 1, state },
    sliceKey: 's',
    status: { cluster: 'a', entry: 'e', revision: 'r', phase, objects: { desired: 1, ready: 0 }, messages: [], since },
  };
}

function plan(more: Partial<RolloutPlan['moves']> = {}, problems: RolloutPlan['problems'] = []): RolloutPlan {
  const moves = { set: [], leave: [], held: [], waiting: new Map<string, string>(), ...more };
  return { wanted: new Map(), moves, slices: [], revisions: [], problems };
}

test('the phase tells the worst that needs somebody to look', () => {
  assert.equal(phaseOf(plan(), [placed('Healthy', minutesAgo(1))], now), 'Healthy');
  assert.equal(phaseOf(plan(), [placed('Unhealthy', minutesAgo(1))], now), 'Progressing', 'pods take their time');
  assert.equal(phaseOf(plan(), [placed('Unhealthy', minutesAgo(11))], now), 'Degraded');
  assert.equal(phaseOf(plan(), [placed('Leaving', minutesAgo(1), 'Leaving')], now), 'Progressing');
  assert.equal(
    phaseOf(plan({ waiting: new Map([['b', 'its turn']]) }), [placed('Healthy', minutesAgo(1))], now),
    'Progressing',
  );
  assert.equal(phaseOf(plan({ held: ['a'] }), [placed('Healthy', minutesAgo(1))], now), 'Held');
  assert.equal(phaseOf(plan({}, [{ path: '', message: 'x' }]), [placed('Healthy', minutesAgo(1))], now), 'Held');
  assert.equal(phaseOf(plan(), [], now), 'Pending');
});

test('what is on its way is looked at every few seconds, what is stuck or waits once a minute', () => {
  assert.equal(isConverging(plan(), [placed('Applying', minutesAgo(1))], now), true);
  assert.equal(isConverging(plan(), [placed('Unreachable', minutesAgo(11))], now), false);
  assert.deepEqual(nextLook(plan(), [placed('Unreachable', minutesAgo(11))], undefined, now), {
    nextGate: now + 60_000,
  });
  assert.deepEqual(nextLook(plan({ waiting: new Map([['b', 'x']]) }), [], undefined, now), { nextGate: now + 60_000 });
  assert.deepEqual(nextLook(plan(), [placed('Healthy', minutesAgo(1))], undefined, now), {});
});

test('when time alone may change the placement, that is when to look again, unless something waits before', () => {
  assert.deepEqual(nextLook(plan(), [], now + 90_000, now), { nextGate: now + 90_000 });
  assert.deepEqual(nextLook(plan({ waiting: new Map([['b', 'x']]) }), [], now + 90_000, now), {
    nextGate: now + 60_000,
  });
});
