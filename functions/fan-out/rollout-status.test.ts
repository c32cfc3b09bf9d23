import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ChosenCluster, Placement, Verdict } from '../cluster-selector/placement.ts';
import type { AssignmentStatus } from '../generated/types.ts';
import type { Revision } from '../revision/revision-content.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import { rolloutConditions } from './rollout-conditions.ts';
import type { RolloutPlan } from './rollout-facts.ts';
import { rolloutStatus } from './rollout-status.ts';

const now = Date.UTC(2026, 0, 1, 1);
const since = '2026-01-01T00:59:00Z';
const target: Revision = { name: 'shop-bbb', number: 2, content: { templates: {}, overrides: [] } };

function placed(cluster: string, more: Partial<AssignmentStatus> = {}, revision = target.name): PlacedAssignment {
  const providerConfig = { kind: 'ClusterProviderConfig' as const, name: cluster };
  const report = { phase: 'Healthy' as const, objects: { desired: 1, ready: 1 }, messages: [], since };
  return {
    assignment: { cluster, providerConfig, revision, format: 1, state: 'Assigned' },
    sliceKey: 's',
    status: { cluster, entry: 'e', revision, ...report, ...more },
  };
}

function chosen(name: string): ChosenCluster {
  return {
    facts: { name, labels: {}, properties: {}, version: '', set: 'eu' },
    clusterSet: { namespace: 'platform', name: 'eu' },
    providerConfig: { kind: 'ClusterProviderConfig', name },
    replicas: {},
  };
}

function placement(clusters: readonly string[], verdicts: readonly Verdict[] = []): Placement {
  const summary = { reason: 'Placed', message: '' };
  return { mode: 'Decided', chosen: clusters.map(chosen), verdicts, candidates: 4, summary };
}

function plan(more: Partial<RolloutPlan> = {}, moves: Partial<RolloutPlan['moves']> = {}): RolloutPlan {
  return {
    ...{ target, wanted: new Map(), slices: [], revisions: [], problems: [] },
    moves: {
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
      ...moves,
    },
    ...more,
  };
}

function told(where: Placement, what: RolloutPlan, current: readonly PlacedAssignment[]) {
  const status = rolloutStatus(where, what, current, [], now);
  const condition = rolloutConditions(where, what, status).find(({ type }) => type === 'RolledOut');
  return { status, message: condition?.message ?? '' };
}

const leaving = (cluster: string): Verdict => ({ cluster, verdict: 'Leaving', reason: 'taint gone:NoExecute' });

describe('clusters that should leave', () => {
  const where = placement(['a'], [leaving('b'), leaving('c'), leaving('d')]);
  const current = [placed('a'), placed('b'), placed('c'), placed('d')];

  test('count neither as updated nor as healthy, for they are not among those that are wanted', () => {
    const { status, message } = told(where, plan({}, { held: ['b', 'c', 'd'] }), current);
    assert.deepEqual(status.clusters, { desired: 1, assigned: 4, updated: 1, healthy: 1, leaving: 0 });
    assert.match(message, /^1 of 1 clusters have revision bbb, 1 are healthy, 3 should leave/);
  });

  test('say why they get no update', () => {
    const { status } = told(where, plan({}, { held: ['b', 'c', 'd'] }), current);
    assert.deepEqual(
      status.assignments?.find(({ cluster }) => cluster === 'b')?.message,
      'should leave: taint gone:NoExecute; held, because more clusters should leave than may without approval',
    );
    const later = told(where, plan({}, { leave: ['b'] }), current).status.assignments;
    assert.equal(later?.find(({ cluster }) => cluster === 'c')?.message, 'should leave: taint gone:NoExecute');
  });
});

test('a cluster that is kept because none fits says why it gets no update, and so does the condition', () => {
  const verdicts: Verdict[] = [
    { cluster: 'a', verdict: 'Kept', reason: 'no cluster fits, so nothing is removed; taint gone:NoExecute' },
  ];
  const where: Placement = { ...placement([], verdicts), mode: 'KeepLastGood' };
  const problems = [{ path: '', message: '0 of 1 clusters: 1 taint gone:NoExecute; what runs is kept' }];
  const { status, message } = told(where, plan({ problems }), [placed('a')]);
  assert.equal(
    status.assignments?.[0]?.message,
    'kept as it is: no cluster fits, so nothing is removed; taint gone:NoExecute',
  );
  assert.match(message, /; 0 of 1 clusters: 1 taint gone:NoExecute; what runs is kept$/);
});

test('a cluster that is kept because an input is wrong names the mistake, in bounds', () => {
  const problems = [{ path: 'spec.x', message: `is wrong${' and wrong'.repeat(100)}` }];
  const { status } = told(placement(['a']), plan({ problems }), [placed('a')]);
  assert.match(status.assignments?.[0]?.message ?? '', /^kept as it is: spec\.x: is wrong and wrong/);
  assert.ok((status.assignments?.[0]?.message?.length ?? 0) <= 320);
});

test('clusters that cannot be reached or have refused are named in the condition, the first few of many', () => {
  const word = 'the inventory says it is unhealthy since 2026-01-01T00:00:00Z';
  const unreachable = (name: string) => placed(name, { phase: 'Unreachable', messages: [word] });
  const names = ['a', 'b', 'c', 'd', 'e'];
  const { status, message } = told(placement(names), plan(), [...names.slice(1).map(unreachable), placed('a')]);
  assert.equal(status.phase, 'Progressing');
  assert.equal(status.clusters?.healthy, 1);
  assert.equal(
    message,
    `5 of 5 clusters have revision bbb, 1 are healthy; b: ${word}; c: ${word}; d: ${word}; 1 more like these`,
  );
});

test('a cluster whose turn has not come and that is not well says both', () => {
  const current = [placed('a', { phase: 'Unreachable', messages: ['dial tcp: i/o timeout'] }, 'shop-aaa')];
  const waiting = new Map([['a', 'cannot be reached; changes when it is back']]);
  const { status } = told(placement(['a']), plan({}, { waiting }), current);
  assert.equal(status.assignments?.[0]?.message, 'cannot be reached; changes when it is back; dial tcp: i/o timeout');
});
