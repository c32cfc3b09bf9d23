import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import { sayFinding } from './judging/finding.ts';
import { judge } from './judging/referee.ts';
import { appOf, approvalOf, createStage, profileOf, type Stage, type StageOptions } from './stage/stage.ts';

/** What people have reported of staged rollouts over many clusters elsewhere, played on the simulated hub with the outcome that they asked for. */
const three = { dev: { stage: 'dev' }, canary: { stage: 'canary' }, live: { stage: 'live' } };
const stages = (...more: readonly JsonObject[]) =>
  ['dev', 'canary', 'live'].map((stage, index) => ({
    ...{ name: stage, clusterSelector: { matchLabels: { stage } } },
    ...more[index],
  }));
const shop = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'team', name: 'shop' };

function numbered(count: number): StageOptions['clusters'] {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index + 10}`, {}]));
}

function keepsPromises({ observer }: Stage): void {
  assert.deepEqual(judge(observer.timeline()).map(sayFinding), []);
}

/** Clusters in which an image stands, and from when on, in milliseconds. */
function begun({ observer }: Stage, image: string): ReadonlyMap<string, number> {
  const app = observer.timeline().composites.find(({ kind }) => kind === 'App');
  return new Map(
    [...(app?.standing ?? [])].flatMap(([cluster, steps]) => {
      const first = steps.find(({ value }) => value.images.includes(image));
      return first === undefined ? [] : [[cluster, first.at] as const];
    }),
  );
}

function clustersWith(stage: Stage, image: string): readonly string[] {
  return [...begun(stage, image).keys()].sort();
}

async function settled(clusters: StageOptions['clusters'], rollout: JsonObject, faults?: StageOptions['faults']) {
  const stage = await createStage({ clusters, ...(faults !== undefined && { faults, seed: 7 }) });
  stage.apply(appOf({ image: 'web:1', rollout }));
  await stage.hub.runFor(1800);
  return stage;
}

test('a stage is not done by the health that it had before the change, however late the reports come', async () => {
  const rollout = { waves: stages({}, {}, { maxConcurrent: 1 }) };
  for (const faults of [{}, { staleCalls: 0.5, dropEvents: 0.3 }, { pollOnly: true }]) {
    const stage = await settled(three, rollout, faults);
    stage.hub.members.get('dev')?.setImageHealth('web:2', false);
    stage.apply(appOf({ image: 'web:2', rollout }));
    await stage.hub.runFor(1800);
    assert.deepEqual(clustersWith(stage, 'web:2'), ['dev']);
    keepsPromises(stage);
  }
});

test('the first installation goes by waves as well: what never gets ready reaches one cluster', async () => {
  const stage = await createStage({ clusters: three, isBare: true });
  for (const member of stage.hub.members.values()) member.setImageHealth('web:bad', false);
  stage.apply(appOf({ image: 'web:bad', rollout: { waves: stages() } }));
  await stage.hub.runFor(1800);
  assert.deepEqual(clustersWith(stage, 'web:bad'), ['dev']);
  keepsPromises(stage);
});

test('a cluster that is added and one that is removed in mid-rollout end nothing', async () => {
  const rollout = { waves: [{ name: 'one', count: 1, soak: '5m' }, { name: 'half', percent: 50 }, { name: 'rest' }] };
  const stage = await settled(numbered(5), { ...rollout, maxRemovals: 1 });
  stage.apply(appOf({ image: 'web:2', rollout: { ...rollout, maxRemovals: 1 } }));
  await stage.hub.runFor(120);
  stage.hub.addMember('added');
  stage.apply(profileOf('added', {}));
  stage.hub.delete({
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'ClusterProfile',
    namespace: 'fleet',
    name: 'c12',
  });
  await stage.hub.runFor(3600);
  assert.ok(['added', 'c10', 'c11', 'c13', 'c14'].every((name) => begun(stage, 'web:2').has(name)));
  assert.match(JSON.stringify(stage.hub.get(shop)?.status), /"phase":"Healthy"/);
  keepsPromises(stage);
});

test('a cluster that no wave names is not left out: it comes after all others', async () => {
  const clusters = { ...three, forgotten: {}, other: { stage: 'unheard-of' } };
  const rollout = { waves: stages({}, {}, { soak: '2m' }) };
  const stage = await settled(clusters, rollout);
  stage.apply(appOf({ image: 'web:2', rollout }));
  await stage.hub.runFor(1800);
  const at = begun(stage, 'web:2');
  assert.equal(at.size, 5);
  for (const late of ['forgotten', 'other']) assert.ok((at.get(late) ?? 0) - (at.get('live') ?? 0) >= 120_000, late);
  keepsPromises(stage);
});

test('a handful of clusters that are always offline keeps nobody else from the update', async () => {
  const stage = await settled(numbered(12), {});
  for (const cluster of ['c10', 'c15']) {
    stage.observer.setCutOff(cluster, true);
    stage.apply(profileOf(cluster, {}, false));
  }
  await stage.hub.runFor(120);
  stage.apply(appOf({ image: 'web:2' }));
  await stage.hub.runFor(3600);
  assert.equal(clustersWith(stage, 'web:2').length, 10);
  for (const cluster of ['c10', 'c15']) {
    stage.observer.setCutOff(cluster, false);
    stage.apply(profileOf(cluster, {}));
  }
  await stage.hub.runFor(1800);
  assert.equal(clustersWith(stage, 'web:2').length, 12, 'they follow when they are back');
  keepsPromises(stage);
});

test('a soak is counted from the change, not from when the clusters were last unwell', async () => {
  const rollout = {
    waves: [{ name: 'one', count: 1, soak: '3m' }, { name: 'two', count: 1, soak: '3m' }, { name: 'rest' }],
  };
  const stage = await settled(numbered(3), rollout);
  await stage.hub.runFor(7200);
  stage.apply(appOf({ image: 'web:2', rollout }));
  await stage.hub.runFor(1800);
  const [first = 0, second = 0, third = 0] = [...begun(stage, 'web:2').values()].sort((a, b) => a - b);
  assert.ok(second - first >= 180_000 && third - second >= 180_000, `${first} ${second} ${third}`);
  keepsPromises(stage);
});

test('more failures than are allowed stop what comes next, as many as are allowed do not', async () => {
  const rollout = {
    ...{ deadline: '2m', maxFailures: 1 },
    waves: [
      { name: 'some', count: 2, maxConcurrent: '100%' },
      { name: 'rest', maxConcurrent: '100%' },
    ],
  };
  for (const [broken, reached] of [
    [1, 6],
    [2, 2],
  ] as const) {
    const stage = await settled(numbered(6), rollout);
    let bad = 0;
    const member = stage.hub.members;
    stage.apply(appOf({ image: 'web:2', rollout }));
    for (const name of member.keys()) member.get(name)?.setImageHealth('web:2', false);
    await stage.hub.runFor(60);
    for (const name of clustersWith(stage, 'web:2'))
      if (bad < broken) bad += 1;
      else member.get(name)?.setImageHealth('web:2', true);
    for (const name of member.keys())
      if (!begun(stage, 'web:2').has(name)) member.get(name)?.setImageHealth('web:2', true);
    await stage.hub.runFor(1800);
    assert.equal(clustersWith(stage, 'web:2').length, reached, `${broken} of the first wave fail`);
    keepsPromises(stage);
  }
});

test('a canary that was well and falls ill while it soaks keeps the next wave shut', async () => {
  const rollout = { waves: stages({ soak: '10m' }) };
  const stage = await settled(three, rollout);
  stage.apply(appOf({ image: 'web:2', rollout }));
  await stage.hub.runFor(300);
  stage.hub.members.get('dev')?.setImageHealth('web:2', false);
  await stage.hub.runFor(1800);
  assert.deepEqual(clustersWith(stage, 'web:2'), ['dev']);
  keepsPromises(stage);
});

test('a wave by share of a few clusters takes at least one, and not all', async () => {
  const rollout = {
    waves: [
      { name: 'tenth', percent: 10, soak: '5m' },
      { name: 'rest', maxConcurrent: '100%' },
    ],
  };
  const stage = await settled(numbered(4), rollout);
  stage.apply(appOf({ image: 'web:2', rollout }));
  await stage.hub.runFor(240);
  assert.equal(clustersWith(stage, 'web:2').length, 1);
  await stage.hub.runFor(900);
  assert.equal(clustersWith(stage, 'web:2').length, 4);
  keepsPromises(stage);
});

test('an approval that was given for another revision opens nothing for the next one', async () => {
  const rollout = { waves: stages({}, { approval: {} }) };
  const stage = await settled(three, rollout);
  stage.apply(appOf({ image: 'web:2', rollout }));
  await stage.hub.runFor(300);
  const early = approvalOf(stage, 'early', 'bob', { wave: 'canary' });
  stage.apply(appOf({ image: 'web:3', rollout }));
  stage.apply(early);
  await stage.hub.runFor(900);
  assert.deepEqual(clustersWith(stage, 'web:3'), ['dev']);
  keepsPromises(stage);
});
