import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan, PlannedComposite, PlannedPlacement } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { valueRows } from './print-values.ts';

const placement: PlannedPlacement = {
  cluster: 'a',
  clusterSet: 'set',
  revision: 'r1',
  phase: 'Healthy',
  objects: 2,
  kinds: { Deployment: 1, Service: 1 },
  workloads: 1,
  replicas: 3,
  values: {},
  overrides: [],
  reason: 'member of set',
};
const composite: PlannedComposite = {
  kind: 'App',
  namespace: 'team',
  name: 'web',
  revision: 'r1',
  phase: 'Healthy',
  placements: [placement],
  others: [],
  moves: [],
  waits: [],
};
const plan: Plan = {
  clusters: ['a'],
  composites: [composite],
  manifests: {},
  problems: [],
  notes: [],
  startedAt: '2026-01-01T00:00:00Z',
  seconds: 9,
  isConverged: true,
};

test('columns that would say nothing are left out', () => {
  assert.equal(
    printPlan(plan),
    [
      'App team/web  revision r1  Healthy',
      '  CLUSTER  CLUSTERSET  PHASE    RUNS                    WHY',
      '  a        set         Healthy  1 workload, 3 replicas  member of set',
      '  objects on each:',
      '    1 Deployment, 1 Service',
      '',
      '1 cluster, 0 objects, nothing left to do after 0s of virtual time',
    ].join('\n'),
  );
});

test('what is taken for granted is told before the summary', () => {
  const printed = printPlan({ ...plan, notes: ['one', 'two'] });
  assert.match(printed, /\n\nnote: one\nnote: two\n\n1 cluster/);
});

test('revisions and overrides are told where clusters differ in them', () => {
  const placements = [placement, { ...placement, cluster: 'b', revision: 'r0', overrides: ['small', '#1'] }];
  const printed = printPlan({ ...plan, composites: [{ ...composite, placements }] });
  assert.match(printed, /CLUSTER {2}CLUSTERSET {2}REVISION {2}PHASE {4}RUNS +OVERRIDES +WHY/);
  assert.match(printed, /b {8}set {9}r0 {8}Healthy {2}1 workload, 3 replicas {2}small, #1/);
});

test('what runs nowhere says so, and who was not chosen why, cut to a readable width', () => {
  const others = [{ cluster: 'b', verdict: 'Filtered', reason: 'x'.repeat(200) }];
  const printed = printPlan({ ...plan, isConverged: false, composites: [{ ...composite, placements: [], others }] });
  assert.match(printed, / {2}runs nowhere\n {2}not chosen:\n {4}b {2}Filtered {2}x{79}…\n/);
  assert.match(printed, /NOT finished after 9s of virtual time$/);
});

test('one cluster only: what else there is does not count', () => {
  const printed = printPlan({ ...plan, composites: [composite, { ...composite, name: 'other', placements: [] }] }, 'a');
  assert.doesNotMatch(printed, /other/);
});

const valued = (clusters: readonly string[], valueIn: (cluster: string) => unknown) =>
  clusters.map((cluster) => ({
    ...placement,
    cluster,
    values: { same: 1, [`long${'x'.repeat(80)}`]: valueIn(cluster) },
  }));

test('values that differ stand in a column for each cluster, long ones cut', () => {
  assert.deepEqual(valueRows(valued(['a', 'b'], (cluster) => (cluster === 'a' ? null : 'v'.repeat(40)))), [
    ['', 'a', 'b'],
    [`\${long${'x'.repeat(49)}…`, 'null', `${'v'.repeat(23)}…`],
  ]);
});

test('of many clusters those with the same value share a line', () => {
  const rows = valueRows(valued(['a', 'b', 'c', 'd', 'e', 'f'], (cluster) => (cluster === 'c' ? 2 : 1)));
  assert.deepEqual(
    rows.map(([, value, clusters]) => [value, clusters]),
    [
      ['1', 'a, b, d, e, f'],
      ['2', 'c'],
    ],
  );
});
