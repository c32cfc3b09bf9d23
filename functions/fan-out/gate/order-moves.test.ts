import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment, AssignmentStatus, Rollout } from '../../generated/types.ts';
import type { PlacedAssignment } from '../../slices/placed-assignment.ts';
import { resolveRollout } from '../policy/rollout-policy.ts';
import { assignment, minutesAgo, now, placed } from './gate-fixtures.ts';
import { orderMoves } from './order-moves.ts';
import type { Replicas } from './replica-stock.ts';

/** A cluster with replicas, its phase, those that have been healthy, and how many minutes ago it began. */
type Has = readonly [replicas: Replicas, phase?: AssignmentStatus['phase'], healthy?: Replicas, minutes?: number];

function order(
  has: { readonly [cluster: string]: Has },
  goals: { readonly [cluster: string]: Replicas },
  more: {
    readonly leave?: readonly string[];
    readonly paused?: readonly string[];
    readonly rollout?: Rollout;
    readonly fixed?: readonly string[];
  } = {},
) {
  const current = Object.entries(has).map(([cluster, [replicas, phase = 'Healthy', healthy, minutes = 1]]) => {
    const entry: PlacedAssignment = placed(assignment(cluster, 'new', { replicas }), phase, minutesAgo(minutes));
    return { ...entry, ...(healthy !== undefined && { healthyReplicas: healthy }) };
  });
  const meant = (cluster: string, replicas: Replicas): Assignment => assignment(cluster, 'new', { replicas });
  const policy = resolveRollout(more.rollout ?? {}, 'spec.rollout');
  const ordered = orderMoves(
    {
      current,
      wanted: new Map(Object.entries(goals).map(([cluster, replicas]) => [cluster, meant(cluster, replicas)])),
      unwanted: new Set(more.leave ?? []),
      paused: new Map((more.paused ?? []).map((cluster) => [cluster, 'disks are replaced'])),
      goals: new Map(Object.entries(goals)),
      fixed: new Set(more.fixed),
      withReplicas: meant,
    },
    policy.value ?? assert.fail(),
    now,
  );
  return {
    ...ordered,
    now: Object.fromEntries([...ordered.wanted].map(([cluster, { replicas }]) => [cluster, replicas])),
    kept: Object.fromEntries(ordered.kept),
  };
}

test('what shrinks keeps its replicas until those that grow are healthy with theirs', () => {
  const goals = { a: { web: 5 }, b: { web: 5 } };
  const begun = order({ a: [{ web: 10 }] }, goals);
  assert.deepEqual(begun.now, { a: { web: 10 }, b: { web: 5 } });
  assert.deepEqual(begun.keeping, [{ cluster: 'a', replicas: { web: 5 } }]);
  const moving = order({ a: [{ web: 10 }], b: [{ web: 5 }, 'Applying', { web: 0 }] }, goals);
  assert.deepEqual(moving.now, { a: { web: 10 }, b: { web: 5 } });
  assert.equal(moving.kept['a'], 'keeps 10 replicas of web until b is healthy with 5');
  const done = order({ a: [{ web: 10 }], b: [{ web: 5 }] }, goals);
  assert.deepEqual([done.now, done.kept, done.keeping], [goals, {}, []]);
});

test('a smaller total waits for nobody, whoever is unwell', () => {
  const goals = { a: { web: 3 }, b: { web: 2 } };
  const ordered = order({ a: [{ web: 5 }], b: [{ web: 5 }, 'Unhealthy', { web: 5 }, 60] }, goals);
  assert.deepEqual([ordered.now, ordered.kept], [goals, {}]);
});

test('replicas that never were healthy are given up at once', () => {
  const goals = { a: { web: 10 }, b: { web: 0 } };
  const ordered = order({ a: [{ web: 10 }], b: [{ web: 5 }, 'Applying', { web: 0 }] }, goals);
  assert.deepEqual([ordered.now, ordered.kept], [goals, {}]);
});

test('a cluster gives up as many as others have become healthy with', () => {
  const goals = { a: { web: 4 }, b: { web: 3 }, c: { web: 3 } };
  const ordered = order({ a: [{ web: 10 }], b: [{ web: 3 }], c: [{ web: 3 }, 'Applying', { web: 0 }] }, goals);
  assert.deepEqual(ordered.now, { ...goals, a: { web: 7 } });
});

test('components are ordered one by one', () => {
  const goals = { a: { api: 4, web: 0 }, b: { api: 0, web: 4 } };
  const ordered = order({ a: [{ api: 0, web: 4 }], b: [{ api: 4, web: 0 }] }, goals);
  assert.deepEqual(ordered.now, { a: { api: 4, web: 4 }, b: { api: 4, web: 4 } });
});

test('a cluster leaves when those that take its replicas are healthy', () => {
  const goals = { a: { web: 6 } };
  const has = (phase: AssignmentStatus['phase'], healthy: number) =>
    order({ a: [{ web: 6 }, phase, { web: healthy }], b: [{ web: 3 }] }, goals, { leave: ['b'] });
  assert.equal(has('Unhealthy', 3).kept['b'], 'stays with its replicas of web until a is healthy with 6');
  assert.deepEqual(has('Healthy', 6).kept, {});
});

test('what has failed is waited for, unless that many may fail; what is lost is not, beyond its deadline', () => {
  const goals = { a: { web: 3 }, b: { web: 3 } };
  const after = (phase: AssignmentStatus['phase'], minutes: number, rollout: Rollout = {}) =>
    order({ a: [{ web: 6 }], b: [{ web: 3 }, phase, { web: 0 }, minutes] }, goals, { rollout });
  const isKept = ({ kept }: { readonly kept: object }) => 'a' in kept;
  assert.equal(isKept(after('Unhealthy', 11)), true);
  assert.match(after('Unhealthy', 11).kept['a'] ?? '', /b, which has failed, is healthy with 3/);
  assert.equal(isKept(after('Unhealthy', 9, { maxFailures: 1 })), true);
  assert.equal(isKept(after('Unhealthy', 11, { maxFailures: 1 })), false);
  assert.equal(isKept(after('Unreachable', 9)), true);
  assert.equal(after('Unreachable', 9).nextDecisionAt, now + 60_000);
  assert.equal(isKept(after('Unreachable', 11)), false);
});

test('a cluster that is paused is left as it is, and what it is to get is waited for', () => {
  const goals = { a: { web: 3 }, b: { web: 3 } };
  const ordered = order({ a: [{ web: 6 }], b: [{ web: 0 }] }, goals, { paused: ['b'] });
  assert.equal(ordered.kept['a'], 'keeps 6 replicas of web until b, which is paused, is healthy with 3');
  assert.equal(order({ a: [{ web: 6 }], b: [{ web: 3 }] }, goals, { paused: ['a'] }).kept['a'], undefined);
});

test('what no cluster gives up again moves nothing', () => {
  const goals = { a: { job: 5, web: 2 }, b: { web: 2 } };
  const has = { a: [{ job: 5, web: 4 }], b: [{ job: 5, web: 0 }] } as const;
  assert.deepEqual(order(has, goals, { fixed: ['job'] }).now, { a: { job: 5, web: 4 }, b: { web: 2 } });
  assert.deepEqual(order({ c: [{ job: 5 }] }, goals, { leave: ['c'], fixed: ['job'] }).kept, {});
});

test('replicas that are not divided know no order', () => {
  assert.deepEqual(order({ a: [{ web: 6 }] }, {}).kept, {});
});
