import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../functions/kube/json.ts';
import { sayFinding } from '../judging/finding.ts';
import { judge } from '../judging/referee.ts';
import {
  appNamed,
  byCpu,
  type CapacityStage,
  conditionOf,
  createCapacityStage,
  placementOf,
  replicasOf,
  replicasOfAll,
} from './capacity-stage.ts';

/** Divided replicas over time: who gets the remainder, and what becomes of those of a cluster that is lost, or of many. */
const divided = (more: JsonObject = {}): JsonObject => ({ replicas: { mode: 'Divided', ...more } });

const shop = (replicas: number, placement: JsonObject) => appNamed('shop', { image: 'web:1', replicas, placement });

function keepsPromises({ observer }: CapacityStage): void {
  assert.deepEqual(judge(observer.timeline()).map(sayFinding), []);
}

test('remainders of many Apps fall to different clusters, and a division that stands stays as it stands', async () => {
  const stage = await createCapacityStage({ a: 99, b: 99, c: 99 });
  const names = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox'];
  const apply = (replicas: number) => {
    for (const name of names) stage.apply(appNamed(name, { image: 'web:1', replicas, placement: divided() }));
  };
  apply(4);
  await stage.hub.runFor(900);
  const counts = Object.values(replicasOfAll(stage));
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    24,
  );
  assert.ok(Math.max(...counts) < 12 && Math.min(...counts) > 6, JSON.stringify(counts));
  const before = names.map((name) => replicasOf(stage, name));
  for (const replicas of [5, 4]) {
    apply(replicas);
    await stage.hub.runFor(300);
  }
  assert.deepEqual(
    names.map((name) => replicasOf(stage, name)),
    before,
  );
  keepsPromises(stage);
});

for (const [what, placement] of [
  ['by weight', divided()],
  ['by room', byCpu('Capacity')],
] as const) {
  test(`others run the replicas of a lost cluster until it has been well for a while, ${what}`, async () => {
    const stage = await createCapacityStage({ a: 9, b: 9 });
    stage.apply(shop(4, placement));
    await stage.hub.runFor(600);
    assert.deepEqual(replicasOf(stage), { a: 2, b: 2 });
    stage.observer.setCutOff('a', true);
    stage.report({ a: 9 }, { isHealthy: false });
    await stage.hub.runFor(240);
    assert.deepEqual(replicasOf(stage), { a: 2, b: 2 }, 'it may come back');
    await stage.hub.runFor(120);
    assert.deepEqual(replicasOf(stage), { a: 2, b: 4 });
    assert.match(conditionOf(stage, 'Placed').message ?? '', /the replicas of a do not count, others run them/);
    assert.match(placementOf(stage), /the 2 replicas there do not count, others run them until it is well again/);
    await stage.hub.runFor(3600);
    stage.observer.setCutOff('a', false);
    stage.report({ a: 9 });
    await stage.hub.runFor(240);
    assert.deepEqual(replicasOf(stage), { a: 2, b: 4 }, 'it may go again');
    await stage.hub.runFor(180);
    assert.deepEqual(replicasOf(stage), { a: 2, b: 2 });
    stage.apply(shop(6, placement));
    await stage.hub.runFor(300);
    assert.deepEqual(replicasOf(stage), { a: 3, b: 3 });
    keepsPromises(stage);
  });
}

test('where others have too little room for what was lost, that is told', async () => {
  const stage = await createCapacityStage({ a: 4, b: 3 });
  stage.apply(shop(4, byCpu('Capacity')));
  await stage.hub.runFor(600);
  assert.deepEqual(replicasOf(stage), { a: 2, b: 2 });
  stage.report({ a: 4 }, { isHealthy: false });
  await stage.hub.runFor(420);
  assert.deepEqual(replicasOf(stage), { a: 2, b: 3 });
  assert.equal(conditionOf(stage, 'Placed').reason, 'TooFewReplicas');
  assert.match(conditionOf(stage, 'Placed').message ?? '', /shop: 1 of 4 replicas find no room/);
  keepsPromises(stage);
});

test('nobody takes over where that is turned off, or the cluster is paused', async () => {
  for (const isPaused of [false, true]) {
    const stage = await createCapacityStage({ a: 9, b: 9 });
    if (isPaused) stage.apply(setWith({ paused: [{ cluster: 'a', reason: 'disks are replaced' }] }));
    stage.apply(shop(4, divided(isPaused ? {} : { replaceLost: false })));
    await stage.hub.runFor(600);
    const before = replicasOf(stage);
    stage.report({ a: 9 }, { isHealthy: false });
    await stage.hub.runFor(900);
    assert.deepEqual(replicasOf(stage), before);
  }
});

const setWith = (more: JsonObject) => ({
  ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', metadata: { name: 'all', namespace: 'platform' } },
  spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' }, ...more },
});

const six = { a: 9, b: 9, c: 9, d: 9, e: 9, f: 9 };
const four = ['a', 'b', 'c', 'd'];

/** Has some clusters called unhealthy, or well again, ten seconds apart. */
async function tell(stage: CapacityStage, clusters: readonly string[], isHealthy: boolean): Promise<void> {
  for (const cluster of clusters) {
    stage.report({ [cluster]: 9 }, { isHealthy });
    await stage.hub.runFor(10);
  }
}

function massFailure({ hub }: CapacityStage): { readonly since?: string } {
  const set = hub.get({ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', namespace: 'platform', name: 'all' });
  return (set?.status as { massFailure?: { since: string } } | undefined)?.massFailure ?? {};
}

test('nothing fails over while most clusters turned unhealthy at once, and those that stay so do after it has ended', async () => {
  const stage = await createCapacityStage(six);
  stage.apply(shop(12, divided()));
  stage.apply(appNamed('pair', { image: 'web:1', placement: { numberOfClusters: 2, clusterNames: ['a', 'e', 'f'] } }));
  await stage.hub.runFor(1200);
  const [replicas, pair] = [replicasOf(stage), replicasOf(stage, 'pair')];
  await tell(stage, four, false);
  await stage.hub.runFor(3600);
  assert.deepEqual(replicasOf(stage), replicas);
  assert.deepEqual(replicasOf(stage, 'pair'), pair);
  const words = /4 of 6 clusters of ClusterSet all turned unhealthy .* nothing fails over/;
  assert.match(conditionOf(stage, 'Placed').message ?? '', words);
  assert.match(conditionOf(stage, 'MassFailure', 'all', 'ClusterSet').message ?? '', words);
  await tell(stage, ['b', 'c'], true);
  await stage.hub.runFor(120);
  assert.deepEqual(replicasOf(stage), replicas, 'the others have time to come back, too');
  await tell(stage, ['d'], true);
  await stage.hub.runFor(300);
  const after = replicasOf(stage);
  assert.equal(after['a'], 2);
  const { a: _, ...rest } = after;
  assert.equal(
    Object.values(rest).reduce((sum, count) => sum + count, 0),
    12,
  );
  assert.doesNotMatch(conditionOf(stage, 'Placed').message ?? '', words);
  keepsPromises(stage);
});

test('somebody who knows that the clusters are down lets go, for this failure and no other', async () => {
  const stage = await createCapacityStage(six);
  stage.apply(shop(12, divided()));
  await stage.hub.runFor(1200);
  await tell(stage, four, false);
  await stage.hub.runFor(600);
  const { since = '' } = massFailure(stage);
  stage.apply(setWith({ massFailure: { letGo: since } }));
  await stage.hub.runFor(120);
  const { e = 0, f = 0 } = replicasOf(stage);
  assert.equal(e + f, 12);
  await tell(stage, four, true);
  await stage.hub.runFor(900);
  assert.deepEqual(replicasOf(stage), { a: 2, b: 2, c: 2, d: 2, e: 2, f: 2 });
  await tell(stage, four, false);
  await stage.hub.runFor(900);
  assert.deepEqual(replicasOf(stage), { a: 2, b: 2, c: 2, d: 2, e: 2, f: 2 }, 'another failure');
});

test('a few clusters, or clusters that fail one after the other, are no mass failure', async () => {
  for (const [clusters, pause] of [
    [['a', 'b'], 0],
    [four, 400],
  ] as const) {
    const stage = await createCapacityStage(six);
    stage.apply(shop(12, divided()));
    await stage.hub.runFor(1200);
    for (const cluster of clusters) {
      await tell(stage, [cluster], false);
      await stage.hub.runFor(pause);
    }
    await stage.hub.runFor(400);
    const lost = new Set<string>(clusters);
    const rest = Object.entries(replicasOf(stage)).filter(([cluster]) => !lost.has(cluster));
    assert.equal(
      rest.reduce((sum, [, count]) => sum + count, 0),
      12,
    );
  }
});
