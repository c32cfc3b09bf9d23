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
  replicasOf,
  replicasOfAll,
} from './capacity-stage.ts';

/** Room is counted once: between two reports what was promised counts as taken, and nothing is promised twice. */
const shop = (replicas: number, placement: JsonObject) => appNamed('shop', { image: 'web:1', replicas, placement });

function keepsPromises({ observer }: CapacityStage): void {
  assert.deepEqual(judge(observer.timeline()).map(sayFinding), []);
}

function sum(replicas: { readonly [cluster: string]: number }): number {
  return Object.values(replicas).reduce((so, count) => so + count, 0);
}

/** Runs a stage and sees at each step that no cluster has more than it had free in the beginning. */
async function runWithin(stage: CapacityStage, sizes: { readonly [cluster: string]: number }, seconds: number) {
  for (let passed = 0; passed < seconds; passed += 5) {
    await stage.hub.runFor(5);
    for (const [cluster, count] of Object.entries(replicasOfAll(stage)))
      assert.ok(count <= (sizes[cluster] ?? 0), `${cluster} has ${count} after ${passed + 5} s`);
  }
}

for (const strategy of ['Aggregated', 'Capacity'] as const) {
  test(`no cluster gets more than it has free while nothing is reported anew, by ${strategy}`, async () => {
    const sizes = { a: 5, b: 6 };
    const stage = await createCapacityStage(sizes);
    stage.apply(shop(10, byCpu(strategy)));
    await runWithin(stage, sizes, 900);
    assert.equal(sum(replicasOf(stage)), 10);
    assert.equal(conditionOf(stage, 'Placed').reason, 'Placed');
    stage.apply(shop(14, byCpu(strategy)));
    await runWithin(stage, sizes, 900);
    assert.deepEqual(replicasOf(stage), { a: 5, b: 6 });
    assert.match(conditionOf(stage, 'Placed').message ?? '', /shop: 3 of 14 replicas find no room/);
    keepsPromises(stage);
  });
}

test('a report made after the replicas were ready contains them, and they are not taken off twice', async () => {
  const stage = await createCapacityStage({ a: 5, b: 6 });
  stage.apply(shop(4, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  assert.deepEqual(replicasOf(stage), { b: 4 });
  stage.reportWhatIsLeft();
  await stage.hub.runFor(60);
  stage.apply(shop(6, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  assert.deepEqual(replicasOf(stage), { b: 6 });
  stage.reportWhatIsLeft();
  await stage.hub.runFor(60);
  stage.apply(shop(3, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  stage.apply(shop(6, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  assert.deepEqual(replicasOf(stage), { b: 6 }, 'what it gave up and nobody reported yet is its own still');
  keepsPromises(stage);
});

test('a report that says the same again counts when its profile says that it is newer', async () => {
  const stage = await createCapacityStage({ a: 5, b: 2 });
  stage.apply(shop(4, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  assert.deepEqual(replicasOf(stage), { a: 4 });
  let writes = 0;
  stage.hub.store.watch(({ object }) => {
    if (object.kind === 'ClusterSet') writes += 1;
  });
  for (let minute = 0; minute < 15; minute += 1) {
    const observedAt = new Date(stage.hub.clock.milliseconds).toISOString();
    stage.report({ a: 5, b: 2 }, { observedAt });
    await stage.hub.runFor(60);
  }
  assert.ok(writes < 5, `a heartbeat a minute was written ${writes} times in a quarter of an hour`);
  stage.apply(shop(9, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  assert.deepEqual(replicasOf(stage), { a: 9 });
});

test('room that a scheduler takes before pods are ready is taken off once in the end', async () => {
  const stage = await createCapacityStage({ a: 5, b: 2 });
  stage.hub.members.get('a')?.setImageHealth('web:1', false);
  stage.apply(shop(3, byCpu('Aggregated')));
  await stage.hub.runFor(60);
  stage.report({ a: 2 });
  await stage.hub.runFor(30);
  stage.hub.members.get('a')?.setImageHealth('web:1', true);
  await stage.hub.runFor(1200);
  stage.apply(shop(5, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  assert.deepEqual(replicasOf(stage), { a: 5 });
});

for (const placement of [byCpu('Aggregated'), byCpu('Capacity')]) {
  test(`Apps that come in the same second are not promised the same room: ${JSON.stringify(placement['replicas'])}`, async () => {
    const sizes = { a: 5, b: 4, c: 4 };
    const stage = await createCapacityStage(sizes);
    for (const name of ['one', 'two', 'three']) stage.apply(appNamed(name, { image: 'web:1', replicas: 4, placement }));
    await stage.hub.runFor(1800);
    const all = replicasOfAll(stage);
    assert.equal(sum(all), 12);
    for (const [cluster, size] of Object.entries(sizes)) assert.ok((all[cluster] ?? 0) <= size, JSON.stringify(all));
    for (const name of ['one', 'two', 'three']) assert.equal(conditionOf(stage, 'Placed', name).reason, 'Placed');
    keepsPromises(stage);
  });
}

test('two Apps that did not see each other are told apart before their pods are ready: the later one goes elsewhere', async () => {
  for (const seed of [1, 2]) {
    const sizes = { a: 5, b: 4, c: 4 };
    const stage = await createCapacityStage(sizes, { faults: { staleCalls: 1 }, seed });
    for (const name of ['one', 'two', 'three'])
      stage.apply(appNamed(name, { image: 'web:1', replicas: 4, placement: byCpu('Aggregated') }));
    let isOver = false;
    const overfull = () => Object.entries(sizes).some(([name, size]) => (replicasOfAll(stage)[name] ?? 0) > size);
    for (let passed = 0; passed < 60; passed += 1) {
      await stage.hub.runFor(1);
      isOver ||= overfull();
    }
    assert.ok(isOver, 'or nothing is tested here');
    assert.ok(!overfull(), JSON.stringify(replicasOfAll(stage)));
    assert.equal(sum(replicasOfAll(stage)), 12);
  }
});

test('Apps that want one whole cluster each take another when the room of the first was promised before', async () => {
  const sizes = { a: 5, b: 4, c: 4 };
  const stage = await createCapacityStage(sizes);
  const capacity = { property: 'cpu', perReplica: '1' };
  const placement = { numberOfClusters: 1, replicas: { capacity }, scoreWeights: { capacity: 1 } };
  for (const name of ['one', 'two', 'three']) stage.apply(appNamed(name, { image: 'web:1', replicas: 4, placement }));
  await stage.hub.runFor(1800);
  assert.deepEqual(replicasOfAll(stage), { a: 4, b: 4, c: 4 });
  keepsPromises(stage);
});

test('what finds no room on any cluster is told by the Apps that miss it', async () => {
  const sizes = { a: 5, b: 4 };
  const stage = await createCapacityStage(sizes);
  for (const name of ['one', 'two', 'three'])
    stage.apply(appNamed(name, { image: 'web:1', replicas: 4, placement: byCpu('Aggregated') }));
  await stage.hub.runFor(1800);
  assert.deepEqual(replicasOfAll(stage), sizes);
  const missing = ['one', 'two', 'three'].map((name) => {
    const { message = '' } = conditionOf(stage, 'Placed', name);
    return Number(/\w+: (\d+) of 4 replicas find no room/.exec(message)?.[1] ?? 0);
  });
  assert.equal(
    missing.reduce((so, count) => so + count, 0),
    3,
  );
});

test('what overflows from a group follows from what the group has left, not from what it said in the beginning', async () => {
  const sizes = { a: 3, b: 2, c: 9 };
  const stage = await createCapacityStage(sizes);
  const groups = [
    { name: 'own', clusters: { clusterNames: ['a', 'b'] } },
    { name: 'rented', clusters: { clusterNames: ['c'] } },
  ];
  stage.apply(shop(4, { groups, ...byCpu('Capacity') }));
  await runWithin(stage, sizes, 600);
  assert.equal(replicasOf(stage)['c'], undefined);
  stage.apply(shop(8, { groups, ...byCpu('Capacity') }));
  await runWithin(stage, sizes, 600);
  assert.deepEqual(replicasOf(stage), { a: 3, b: 2, c: 3 });
  keepsPromises(stage);
});

test('an App whose replicas take more than before is given no room that this has used up', async () => {
  const stage = await createCapacityStage({ a: 9, b: 4 });
  stage.apply(shop(4, byCpu('Aggregated')));
  await stage.hub.runFor(300);
  assert.deepEqual(replicasOf(stage), { a: 4 });
  stage.report({ a: 5 });
  await stage.hub.runFor(60);
  stage.apply(shop(7, byCpu('Aggregated', {}, '2')));
  await stage.hub.runFor(600);
  assert.deepEqual(replicasOf(stage), { a: 4, b: 2 });
  assert.match(conditionOf(stage, 'Placed').message ?? '', /shop: 1 of 7 replicas find no room/);
});

test('what one component takes is gone for the other, with every change of their numbers', async () => {
  const sizes = { a: 5, b: 6 };
  const stage = await createCapacityStage(sizes);
  const both = (api: number, web: number) => {
    const app = shop(0, byCpu('Capacity'));
    const components = Object.entries({ api, web }).map(([name, replicas]) => ({ name, image: 'web:1', replicas }));
    stage.apply({ ...app, spec: { ...(app.spec as JsonObject), components } });
  };
  for (const [api, web] of [
    [4, 4],
    [7, 4],
    [2, 4],
    [2, 9],
  ] as const) {
    both(api, web);
    await runWithin(stage, sizes, 300);
    assert.deepEqual([sum(replicasOf(stage, 'api')), sum(replicasOf(stage, 'web'))], [api, web]);
  }
  both(6, 9);
  await runWithin(stage, sizes, 300);
  assert.match(conditionOf(stage, 'Placed').message ?? '', /api: 4 of 6 replicas find no room/);
  keepsPromises(stage);
});

test('a cluster that is to run all replicas is not joined with room for some, and what outgrows its room is told', async () => {
  const stage = await createCapacityStage({ a: 3, b: 6, c: 9 });
  const placement = { replicas: { capacity: { property: 'cpu', perReplica: '1' } } };
  stage.apply(shop(4, placement));
  await stage.hub.runFor(600);
  assert.deepEqual(replicasOf(stage), { b: 4, c: 4 });
  stage.hub.members.get('b')?.setImageHealth('web:1', false);
  stage.apply(shop(8, placement));
  await stage.hub.runFor(60);
  assert.equal(conditionOf(stage, 'Placed').reason, 'TooFewReplicas');
  assert.match(conditionOf(stage, 'Placed').message ?? '', /b has no room for 2 of the replicas/);
  keepsPromises(stage);
});

test('Apps whose replicas take different amounts share the room, and at rest nothing is written', async () => {
  const sizes = { a: 6, b: 6 };
  const stage = await createCapacityStage(sizes);
  stage.apply(appNamed('small', { image: 'web:1', replicas: 4, placement: byCpu('Aggregated') }));
  stage.apply(appNamed('large', { image: 'web:1', replicas: 4, placement: byCpu('Aggregated', {}, '2') }));
  await stage.hub.runFor(1800);
  const [small, large] = [replicasOf(stage, 'small'), replicasOf(stage, 'large')];
  assert.deepEqual([sum(small), sum(large)], [4, 4]);
  for (const cluster of ['a', 'b'])
    assert.ok((small[cluster] ?? 0) + 2 * (large[cluster] ?? 0) <= 6, JSON.stringify({ small, large }));
  stage.report({ a: 0, b: 0 });
  await stage.hub.runFor(900);
  const written: string[] = [];
  stage.hub.store.watch(({ object, old }) => {
    const isOther = JSON.stringify([object.spec, object.status]) !== JSON.stringify([old?.spec, old?.status]);
    if (isOther) written.push(`${object.kind} ${object.metadata.name}`);
  });
  await stage.hub.runFor(3600);
  assert.deepEqual(written, []);
  keepsPromises(stage);
});
