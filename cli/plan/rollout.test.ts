import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Freeze, Rollout } from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { sampleApp, sampleFleet, sampleFolder } from '../whatif/sample-fleet.ts';
import type { Plan, PlannedComposite } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { rolloutRows } from './print-rollout.ts';
import { describeTree } from './run-plan.ts';
import { settleTree } from './settle-tree.ts';

const api = 'crossply.dev/v1alpha1';
const clusters = {
  'eu-1': { labels: { stage: 'canary' } },
  'eu-2': {},
  'us-1': {},
};

/** A rollout that waits for everything that one can wait for. */
const careful: Rollout = {
  waves: [
    { name: 'canary', clusterSelector: { matchLabels: { stage: 'canary' } }, soak: '24h' },
    {
      ...{ name: 'prod', maxConcurrent: 2, approval: { quorum: 2 } },
      window: { schedule: '0 22 * * 1-5', duration: '4h', timeZone: 'Europe/Berlin' },
    },
  ],
};

interface Given {
  readonly rollout: Rollout;
  readonly more?: readonly KubeObject[];
  readonly freeze?: Freeze;
  readonly image?: string;
}

async function plan(t: TestContext, { rollout, more = [], freeze, image }: Given) {
  const app = sampleApp('web', {});
  const spec = {
    ...(app.spec as JsonObject),
    rollout: rollout as JsonObject,
    ...(image !== undefined && { components: [{ name: 'web', image }] }),
  };
  const fleet = sampleFleet(clusters, [{ ...app, spec }]).map((object) =>
    object.kind === 'Tier' && freeze !== undefined
      ? { ...object, spec: { ...(object.spec as JsonObject), freeze } }
      : object,
  );
  const folder = sampleFolder(t, [...fleet, ...more]);
  // The first minute is the inventory's, so the plan begins at noon on a Saturday.
  const start = Date.UTC(2026, 0, 3, 11, 59);
  const tree = await settleTree(folder, { maxVirtualSeconds: 600, start, onProgress: () => {} });
  const calls = tree.hub.passes.reduce((sum, pass) => sum + pass.calls, 0);
  return { plan: await describeTree(tree), calls };
}

function rowsOf(composite: PlannedComposite | undefined): readonly string[] {
  return composite === undefined ? [] : rolloutRows(composite).map((row) => row.join('  '));
}

function appOf({ composites }: Plan): PlannedComposite | undefined {
  return composites.find(({ kind }) => kind === 'App');
}

test('a plan comes to its end through soaks, approvals and windows, and tells of each', async (t) => {
  const { plan: planned } = await plan(t, { rollout: careful });
  assert.deepEqual([planned.problems, planned.isConverged], [[], true]);
  const app = appOf(planned);
  assert.deepEqual(rowsOf(app), [
    '+1s  canary  eu-1 assigned, healthy after 3s',
    '+4s  canary  soaks for 1d until 2026-01-04T12:00:04Z (+1d4s)',
    `+1d4s  prod  waits for 2 of 2 approvals of revision ${app?.revision}; the plan goes on as if they were given`,
    '+1d4s  prod  its maintenance window is closed, until 2026-01-05T21:00:00Z (+2d9h)',
    '+2d9h  prod  eu-2, us-1 assigned, healthy after 3s',
  ]);
});

test('a long soak takes no more calls than a short one', async (t) => {
  const soaking = (soak: string): Rollout => ({ waves: [{ name: 'first', count: 1, soak }] });
  const short = await plan(t, { rollout: soaking('1h') });
  const long = await plan(t, { rollout: soaking('720h') });
  assert.ok(long.plan.seconds > 720 * 3600);
  assert.equal(long.calls, short.calls);
  assert.ok(short.calls < 400, `${short.calls} calls`);
});

test('a freeze with an end is waited for', async (t) => {
  const freeze: Freeze = { reason: 'holidays', until: '2026-01-06T00:00:00Z' };
  const { plan: planned } = await plan(t, { rollout: {}, freeze });
  assert.deepEqual([planned.problems, planned.isConverged], [[], true]);
  for (const composite of planned.composites) {
    const [first] = rowsOf(composite);
    assert.equal(first, '+0s    the Tier is frozen until 2026-01-06T00:00:00Z: holidays (+2d12h)');
    assert.equal(composite.placements.length, 3);
  }
});

const cord: KubeObject = {
  ...{ apiVersion: api, kind: 'AndonCord', metadata: { name: 'stop' } },
  spec: { reason: 'checkout is down', tiers: [{ namespace: 'platform', name: 'prod' }] },
};

const ends: { readonly [why: string]: readonly [given: Given, row: RegExp] } = {
  'an AndonCord': [{ rollout: {}, more: [cord] }, /^\+0s {4}stands still: AndonCord stop: checkout is down$/],
  'a freeze without end': [
    { rollout: {}, freeze: { reason: 'audit' } },
    /^\+0s {4}stands still: the Tier is frozen: audit$/,
  ],
  'a pause': [{ rollout: { paused: true } }, /^\+0s {4}stands still: paused by spec\.rollout\.paused$/],
};

for (const [why, [given, row]] of Object.entries(ends)) {
  test(`${why} is where a plan ends, without a problem`, async (t) => {
    const { plan: planned } = await plan(t, given);
    assert.deepEqual([planned.problems, planned.isConverged], [[], true]);
    const app = appOf(planned);
    assert.match(rowsOf(app).at(-1) ?? '', row);
    assert.deepEqual([app?.phase, app?.placements], ['Paused', []]);
  });
}

test('a rejection in the files is where a plan ends', async (t) => {
  const rollout: Rollout = { waves: [{ name: 'all', approval: {} }] };
  const revision = appOf((await plan(t, { rollout })).plan)?.revision ?? '';
  const rejection: KubeObject = {
    ...{ apiVersion: api, kind: 'Approval', metadata: { name: 'no', namespace: 'team' } },
    spec: {
      ...{ for: { kind: 'App', name: 'web' }, revision, wave: 'all' },
      ...{ approver: 'bob', decision: 'Reject', reason: 'too late' },
    },
  };
  const { plan: planned } = await plan(t, { rollout, more: [rejection] });
  assert.deepEqual([planned.problems, planned.isConverged], [[], true]);
  assert.deepEqual(rowsOf(appOf(planned)), ['+0s  all  stands still: rejected by bob: too late']);
});

test('a wave that no time and no approval can open is told of as a problem', async (t) => {
  const rollout: Rollout = {
    waves: [{ name: 'never', window: { schedule: '0 0 30 2 *', duration: '1h' } }],
  };
  const { plan: planned } = await plan(t, { rollout });
  assert.equal(planned.isConverged, false);
  assert.match(
    planned.problems.join('\n'),
    /^App team\/web: the rollout does not come to its end: its maintenance window is closed, and it never opens$/,
  );
});

test('a plan in which a revision fails says which cluster failed and what its objects said', async (t) => {
  const image = 'registry.example.com/web:broken';
  const { plan: planned } = await plan(t, { rollout: { deadline: '1m' }, image });
  const app = appOf(planned);
  assert.equal(app?.phase, 'Degraded');
  assert.deepEqual(
    app?.failures.map(({ cluster, revision, phase }) => [cluster, revision, phase]),
    [[app?.placements[0]?.cluster, app?.revision, 'Unhealthy']],
  );
  assert.match(app?.failures[0]?.message ?? '', /^Deployment\/web: ./);
  assert.match(printPlan(planned), /\n {2}failed:\n {4}\+\S+ +\S+ +revision \w+ +Unhealthy +Deployment\/web: ./);
});
