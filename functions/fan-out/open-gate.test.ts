import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Assignment, AssignmentStatus } from '../generated/types.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import { openGate } from './open-gate.ts';
import type { RolloutPolicy } from './rollout-policy.ts';

const policy: RolloutPolicy = { maxConcurrent: 2, maxUnproven: 1, maxRemovals: 1 };

function assignment(cluster: string, revision = 'new', more: Partial<Assignment> = {}): Assignment {
  return {
    cluster,
    providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
    revision,
    format: 1,
    state: 'Assigned',
    ...more,
  };
}

function placed(entry: Assignment, phase?: AssignmentStatus['phase']): PlacedAssignment {
  if (phase === undefined) return { assignment: entry, sliceKey: 's' };
  const status: AssignmentStatus = {
    cluster: entry.cluster,
    entry: 'e',
    revision: entry.revision,
    phase,
    objects: { desired: 1, ready: 1 },
    messages: [],
    since: '2026-01-01T00:00:00Z',
  };
  return { assignment: entry, sliceKey: 's', status };
}

function wanted(...clusters: string[]): ReadonlyMap<string, Assignment> {
  return new Map(clusters.map((cluster) => [cluster, assignment(cluster)]));
}

function open(
  current: readonly PlacedAssignment[],
  target: ReadonlyMap<string, Assignment>,
  more: { unwanted?: string[]; blocked?: [string, string][] } = {},
) {
  const moves = openGate(
    { current, wanted: target, unwanted: new Set(more.unwanted), blocked: new Map(more.blocked) },
    policy,
  );
  return { ...moves, names: moves.set.map(({ cluster }) => cluster) };
}

describe('before the target is proven', () => {
  test('the first creation goes to one cluster only', () => {
    const { names, waiting } = open([], wanted('a', 'b', 'c'));
    assert.deepEqual(names, ['a']);
    assert.deepEqual([...waiting.keys()], ['b', 'c']);
    assert.match(waiting.get('b') ?? '', /at most 1 at a time, now a/);
  });

  test('nothing more moves while that cluster is not healthy', () => {
    assert.deepEqual(open([placed(assignment('a'), 'Applying')], wanted('a', 'b')).names, []);
  });

  test('health of an older entry does not count', () => {
    assert.deepEqual(open([placed(assignment('a'))], wanted('a', 'b')).names, []);
  });

  test('a change of content takes the gate like a creation', () => {
    const current = ['a', 'b', 'c'].map((cluster) => placed(assignment(cluster, 'old'), 'Healthy'));
    assert.deepEqual(open(current, wanted('a', 'b', 'c')).names, ['a']);
  });

  test('a change of values on every cluster is unproven, however healthy they are with the old ones', () => {
    const current = ['a', 'b', 'c', 'd'].map((cluster) => placed(assignment(cluster), 'Healthy'));
    const values = [{ expression: 'x', value: 1 }];
    const target = new Map(['a', 'b', 'c', 'd'].map((cluster) => [cluster, assignment(cluster, 'new', { values })]));
    assert.deepEqual(open(current, target).names, ['a']);
  });

  test('a change of values alone takes the gate too', () => {
    const current = ['a', 'b', 'c'].map((cluster) => placed(assignment(cluster), 'Unhealthy'));
    const target = new Map(
      ['a', 'b', 'c'].map((cluster) => [
        cluster,
        assignment(cluster, 'new', { values: [{ expression: 'x', value: 1 }] }),
      ]),
    );
    assert.deepEqual(open(current, target).names, ['a']);
  });
});

describe('once the target is proven', () => {
  test('as many move as may at once, counting those on their way', () => {
    const current = [placed(assignment('a'), 'Healthy'), placed(assignment('b'), 'Applying')];
    assert.deepEqual(open(current, wanted('a', 'b', 'c', 'd')).names, ['c']);
  });

  test('broken clusters are repaired first, then healthy ones change, then new ones join, the unreachable last', () => {
    const current = [
      placed(assignment('proof'), 'Healthy'),
      placed(assignment('down', 'old'), 'Unreachable'),
      placed(assignment('fine', 'old'), 'Healthy'),
      placed(assignment('sick', 'old'), 'Unhealthy'),
    ];
    const target = wanted('proof', 'down', 'fine', 'sick', 'fresh');
    assert.deepEqual(open(current, target).names, ['sick', 'fine']);
    const later = [
      ...current.slice(0, 2),
      placed(assignment('fine'), 'Healthy'),
      placed(assignment('sick'), 'Healthy'),
    ];
    assert.deepEqual(open(later, target).names, ['fresh', 'down']);
  });
});

test('a change of replicas alone goes to every cluster at once', () => {
  const current = ['a', 'b', 'c'].map((cluster) =>
    placed(assignment(cluster, 'new', { replicas: { web: 2 } }), 'Healthy'),
  );
  const target = new Map(
    ['a', 'b', 'c'].map((cluster) => [cluster, assignment(cluster, 'new', { replicas: { web: 3 } })]),
  );
  assert.deepEqual(open(current, target).names, ['a', 'b', 'c']);
});

test('a cluster that is blocked keeps its place and its slot goes to another', () => {
  const { names, waiting } = open([], wanted('a', 'b'), { blocked: [['a', 'no such registry']] });
  assert.deepEqual(names, ['b']);
  assert.equal(waiting.get('a'), 'no such registry');
});

test('a leaving cluster that is wanted again waits until it has left', () => {
  const { names, waiting } = open([placed(assignment('a', 'new', { state: 'Leaving' }), 'Leaving')], wanted('a'));
  assert.deepEqual(names, []);
  assert.match(waiting.get('a') ?? '', /still leaving/);
});

test('an entry that was overtaken is set anew, with a sequence that outgrows what was delivered', () => {
  const overtaken = { ...placed(assignment('a', 'new', { sequence: 3 }), 'Healthy'), delivered: 4 };
  const { set } = openGate(
    { current: [overtaken], wanted: wanted('a'), unwanted: new Set(), blocked: new Map() },
    policy,
  );
  assert.deepEqual(
    set.map(({ sequence }) => sequence),
    [5],
  );
});

test('never are more clusters on their way than allowed', () => {
  const phases = fc.constantFrom<AssignmentStatus['phase'] | undefined>(
    'Healthy',
    'Applying',
    'Unhealthy',
    'Unreachable',
    'Failed',
    undefined,
  );
  const cluster = fc.record({ revision: fc.constantFrom('old', 'new', 'absent'), phase: phases });
  fc.assert(
    fc.property(fc.array(cluster, { maxLength: 12 }), (clusters) => {
      const names = clusters.map((_, index) => `c${index}`);
      const current = clusters.flatMap(({ revision, phase }, index) =>
        revision === 'absent' ? [] : [placed(assignment(`c${index}`, revision), phase)],
      );
      const target = wanted(...names);
      const moved = open(current, target).names;
      const onTheirWay = current.filter(
        (each) => each.assignment.revision === 'new' && each.status?.phase !== 'Healthy',
      ).length;
      const isProven = current.some((each) => each.assignment.revision === 'new' && each.status?.phase === 'Healthy');
      const limit = isProven ? policy.maxConcurrent : policy.maxUnproven;
      assert.ok(moved.length === 0 || moved.length + onTheirWay <= limit);
    }),
  );
});

test('the last healthy cluster leaves only when one that stays is healthy', () => {
  const old = placed(assignment('a'), 'Healthy');
  const moving = open([old], wanted('b'), { unwanted: ['a'] });
  assert.deepEqual([moving.leave, moving.names], [[], ['b']]);
  assert.match(moving.waiting.get('a') ?? '', /stays until/);
  assert.deepEqual(open([old, placed(assignment('b'), 'Applying')], wanted('b'), { unwanted: ['a'] }).leave, []);
  assert.deepEqual(open([old, placed(assignment('b'), 'Healthy')], wanted('b'), { unwanted: ['a'] }).leave, ['a']);
  assert.deepEqual(open([placed(assignment('a'), 'Unhealthy')], wanted('b'), { unwanted: ['a'] }).leave, ['a']);
});
