import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssignmentStatus } from '../generated/types.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import { isConverging, nextLook } from './converging.ts';
import type { RolloutPlan } from './rollout-facts.ts';
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
  const moves: RolloutPlan['moves'] = {
    ...{
      set: [],
      leave: [],
      held: [],
      waiting: new Map(),
      waves: [],
      filled: [],
      asks: [],
      gone: new Set(),
      kept: new Map(),
    },
    usedApprovals: [],
    outcome: 'Unfinished',
    ...more,
  };
  return { wanted: new Map(), moves, slices: [], revisions: [], problems };
}

function phase(of: RolloutPlan, current: readonly PlacedAssignment[], brakes: readonly string[] = []) {
  return phaseOf(of, current, brakes, now);
}

const healthy = placed('Healthy', minutesAgo(1));
const waiting = new Map([['b', 'its turn']]);

test('the phase tells the worst that needs somebody to look', () => {
  assert.equal(phase(plan(), [healthy]), 'Healthy');
  assert.equal(phase(plan(), [placed('Unhealthy', minutesAgo(1))]), 'Progressing', 'pods take their time');
  assert.equal(phase(plan(), [placed('Unhealthy', minutesAgo(11))]), 'Degraded');
  assert.equal(phase(plan(), [healthy, placed('Unreachable', minutesAgo(1))]), 'Progressing', 'it may be back at once');
  assert.equal(phase(plan(), [healthy, placed('Unreachable', minutesAgo(11))]), 'Degraded');
  assert.equal(phase(plan(), [placed('Leaving', minutesAgo(1), 'Leaving')]), 'Progressing');
  assert.equal(phase(plan({ waiting }), [healthy]), 'Progressing');
  assert.equal(phase(plan({ held: ['a'] }), [healthy]), 'Held');
  assert.equal(phase(plan({}, [{ path: '', message: 'x' }]), [healthy]), 'Held');
  assert.equal(phase(plan(), []), 'Pending');
});

test('a brake pauses what would otherwise go on, and nothing else', () => {
  assert.equal(phase(plan({ waiting }), [healthy], ['frozen']), 'Paused');
  assert.equal(phase(plan(), [healthy], ['frozen']), 'Healthy');
});

test('more failures than may be are told at once, and an older revision than was asked for is never called healthy', () => {
  const failures = { wave: 'first', clusters: ['a'] };
  assert.equal(phase(plan({ failures, waiting }), [placed('Unhealthy', minutesAgo(1))]), 'Degraded');
  assert.equal(phase({ ...plan(), keptBecause: 'it failed' }, [healthy]), 'RolledBack');
});

test('what cannot be reached is looked at once a minute: a cluster that is down must not cost the hub a look every few seconds for each composite on it', () => {
  const down = [placed('Unreachable', minutesAgo(1)), healthy];
  assert.equal(isConverging(plan(), down, now), false);
  assert.deepEqual(nextLook(plan(), down, undefined, now), { nextGate: now + 60_000 });
});

test('what is on its way is looked at every few seconds, what is stuck once a minute', () => {
  assert.equal(isConverging(plan(), [placed('Applying', minutesAgo(1))], now), true);
  assert.equal(isConverging(plan(), [placed('Unhealthy', minutesAgo(11))], now), false);
  assert.deepEqual(nextLook(plan(), [placed('Unreachable', minutesAgo(11))], undefined, now), {
    nextGate: now + 60_000,
  });
  assert.deepEqual(nextLook(plan(), [placed('Healthy', minutesAgo(1))], undefined, now), {});
});

test('when time alone lets more happen, that is when to look again', () => {
  assert.deepEqual(nextLook(plan(), [], now + 90_000, now), { nextGate: now + 90_000 });
  const soaking = plan({ waiting, nextDecisionAt: now + 80_000 });
  assert.deepEqual(nextLook(soaking, [healthy], now + 90_000, now), { nextGate: now + 80_000 });
  assert.deepEqual(nextLook(soaking, [placed('Unreachable', minutesAgo(11))], undefined, now), {
    nextGate: now + 60_000,
  });
  assert.deepEqual(nextLook(plan({ waiting }), [healthy], undefined, now), {}, 'an approval arrives as an event');
});
