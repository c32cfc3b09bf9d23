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
  waves: [],
  failures: [],
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

test('why a cluster failed is told with its own words, of which the cause is kept, and not twice', () => {
  const message = `Job/migrate: cannot apply: Job.batch "migrate" is invalid: spec.template: Invalid value: ${'x'.repeat(900)}: field is immutable`;
  const failures = [
    { seconds: 130, cluster: 'a', revision: 'r1', phase: 'Failed', message },
    { seconds: 130, cluster: 'b', revision: 'r2', phase: 'Unhealthy', message: 'Deployment/web: 0 of 3 are ready' },
  ];
  const placements = [
    { ...placement, phase: 'Failed', message },
    { ...placement, cluster: 'b', message: 'should leave: taint x:NoExecute' },
  ];
  const printed = printPlan({ ...plan, composites: [{ ...composite, placements, failures }] });
  assert.match(
    printed,
    /\n {2}failed:\n {4}\+2m10s {2}a {2}revision r1 {2}Failed +Job\/migrate: .*…x*: field is immutable\n/,
  );
  assert.match(printed, /\n {4}\+2m10s {2}b {2}revision r2 {2}Unhealthy {2}Deployment\/web: 0 of 3 are ready\n/);
  assert.match(printed, /\n {2}in the way:\n {4}b {2}Healthy {2}should leave: taint x:NoExecute\n/);
  assert.equal(printed.split('field is immutable').length, 2);
  const many = Array.from({ length: 14 }, (_, index) => ({ ...placement, cluster: `c${index}`, message: 'm' }));
  assert.match(printPlan({ ...plan, composites: [{ ...composite, placements: many }] }), /\n {4}and 4 more\n/);
});

test('every wave is told when one of them has no clusters, with its message', () => {
  const wave = { state: 'Done' as const, clusters: 1, updated: 1, healthy: 1, failed: 0 };
  const waves = [
    { ...wave, name: 'canary' },
    { ...wave, name: 'europe', clusters: 0, updated: 0, healthy: 0, message: 'no chosen cluster has region=eu' },
    { ...wave, name: 'rest', clusters: 0, updated: 0, healthy: 0 },
  ];
  const printed = printPlan({ ...plan, composites: [{ ...composite, waves }] });
  assert.ok(
    printed.includes(
      [
        '  waves:',
        '    canary  Done  1 of 1 healthy',
        '    europe  Done  0 of 0 healthy  no chosen cluster has region=eu',
        '    rest    Done  0 of 0 healthy  no cluster is in it',
      ].join('\n'),
    ),
    printed,
  );
  assert.doesNotMatch(printPlan({ ...plan, composites: [{ ...composite, waves: waves.slice(0, 1) }] }), /waves:/);
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
