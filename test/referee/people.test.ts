import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import { sayFinding } from './judging/finding.ts';
import { judge } from './judging/referee.ts';
import { type AppWish, appOf, approvalOf, createStage, profileOf, type Stage, tierOf } from './stage/stage.ts';

/** What people may ask for and take back while a rollout goes on, played on the simulated hub and judged from outside. */
const four = { a: { env: 'test' }, b: { env: 'prod' }, c: { env: 'prod' }, d: { env: 'prod' } };
const waves: readonly JsonObject[] = [
  { name: 'test', clusterSelector: { matchLabels: { env: 'test' } }, soak: '2m' },
  { name: 'prod', maxConcurrent: '100%' },
];

function keepsPromises({ observer }: Stage): void {
  assert.deepEqual(judge(observer.timeline()).map(sayFinding), []);
}

/** Clusters whose App runs an image. */
function runs({ observer }: Stage, image: string): readonly string[] {
  const app = observer.timeline().composites.find(({ kind }) => kind === 'App');
  const clusters = [...(app?.standing ?? [])].flatMap(([cluster, steps]) =>
    steps.at(-1)?.value.images.includes(image) ? [cluster] : [],
  );
  return clusters.sort();
}

async function settled(wish: AppWish, options: { readonly tier?: JsonObject } = {}): Promise<Stage> {
  const stage = await createStage({ clusters: four });
  if (options.tier !== undefined) stage.apply(tierOf(options.tier));
  stage.apply(appOf(wish));
  await stage.hub.runFor(1800);
  return stage;
}

test('what a Tier requires holds whatever waves an App has, and from the moment it is required', async () => {
  const stage = await settled({ image: 'web:1' });
  const required = { waves: [{ name: 'some', count: 1, soak: '5m' }], approval: { quorum: 1 }, maxConcurrent: 1 };
  stage.apply(tierOf({ rollout: { required } }));
  await stage.hub.runFor(60);
  stage.apply(appOf({ image: 'web:2', rollout: { waves: [{ name: 'all', maxConcurrent: '100%' }] } }));
  await stage.hub.runFor(900);
  assert.deepEqual(runs(stage, 'web:2'), [], 'nobody has approved');
  stage.apply(approvalOf(stage, 'some', 'bob', { wave: 'some' }));
  await stage.hub.runFor(600);
  assert.equal(runs(stage, 'web:2').length, 1);
  stage.apply(approvalOf(stage, 'all', 'bob', { wave: 'all' }));
  await stage.hub.runFor(1800);
  assert.equal(runs(stage, 'web:2').length, 4);
  keepsPromises(stage);
});

test('an approval that a wave asked for stays asked for when the author takes it out, with the wave or without', async () => {
  const asking = waves.map((wave, index) => (index === 1 ? { ...wave, approval: {} } : wave));
  for (const without of [waves, waves.slice(0, 1), [waves[0] ?? {}, { name: 'live', maxConcurrent: '100%' }]]) {
    const stage = await settled({ image: 'web:1' });
    stage.apply(appOf({ image: 'web:2', rollout: { waves: asking } }));
    await stage.hub.runFor(300);
    stage.apply(appOf({ image: 'web:2', rollout: { waves: without } }));
    await stage.hub.runFor(900);
    assert.deepEqual(runs(stage, 'web:2'), ['a']);
    keepsPromises(stage);
  }
});

test('a cluster that comes to a wave after the approval was not seen: the wave asks again, open or not', async () => {
  const clusters = { a: { env: 'test' }, b: { env: 'prod' }, c: { env: 'spare' }, d: { env: 'spare' } };
  const stage = await createStage({ clusters });
  const asking = [
    { name: 'test', clusterSelector: { matchLabels: { env: 'test' } }, soak: '10m' },
    { name: 'prod', clusterSelector: { matchLabels: { env: 'prod' } }, maxConcurrent: '100%', approval: {} },
    { name: 'rest', approval: {} },
  ];
  stage.apply(appOf({ image: 'web:1' }));
  await stage.hub.runFor(600);
  stage.apply(appOf({ image: 'web:2', rollout: { waves: asking } }));
  await stage.hub.runFor(120);
  stage.apply(approvalOf(stage, 'early', 'bob', { wave: 'prod' }));
  await stage.hub.runFor(60);
  stage.apply(profileOf('c', { env: 'prod' }));
  await stage.hub.runFor(1200);
  assert.deepEqual(runs(stage, 'web:2'), ['a']);
  stage.apply(approvalOf(stage, 'again', 'bob', { wave: 'prod' }));
  await stage.hub.runFor(300);
  assert.deepEqual(runs(stage, 'web:2'), ['a', 'b', 'c']);
  stage.apply(profileOf('d', { env: 'prod' }));
  await stage.hub.runFor(900);
  assert.deepEqual(runs(stage, 'web:2'), ['a', 'b', 'c']);
  keepsPromises(stage);
});

test('the last healthy cluster stays until one that is to keep the App is healthy', async () => {
  const rollout = { waves, maxRemovals: '100%' };
  const stage = await createStage({ clusters: four });
  const on = (...names: readonly string[]) => ({ clusterNames: names });
  stage.hub.members.get('d')?.setImageHealth('web:1', false);
  stage.apply(appOf({ image: 'web:1', rollout, placement: on('a', 'b') }));
  await stage.hub.runFor(900);
  stage.apply(appOf({ image: 'web:1', rollout, placement: on('d') }));
  await stage.hub.runFor(1800);
  assert.deepEqual(runs(stage, 'web:1'), ['a', 'b', 'd']);
  keepsPromises(stage);
});

test('whoever made the change approves of nothing, and a rejection keeps a wave shut', async () => {
  const asking = waves.map((wave, index) => (index === 1 ? { ...wave, approval: {} } : wave));
  const stage = await settled({ image: 'web:1' });
  stage.apply(appOf({ image: 'web:2', rollout: { waves: asking } }));
  await stage.hub.runFor(300);
  stage.apply(approvalOf(stage, 'own', 'alice', { wave: 'prod' }));
  await stage.hub.runFor(300);
  assert.deepEqual(runs(stage, 'web:2'), ['a']);
  stage.apply(approvalOf(stage, 'no', 'carol', { wave: 'prod', decision: 'Reject', reason: 'not tested' }));
  stage.apply(approvalOf(stage, 'yes', 'bob', { wave: 'prod' }));
  await stage.hub.runFor(300);
  assert.deepEqual(runs(stage, 'web:2'), ['a']);
  keepsPromises(stage);
});

test('a cluster that is paused stays as it is, and the rollout ends without it; let go, it gets what the others have', async () => {
  const stage = await settled({ image: 'web:1', rollout: { waves } });
  const pause = (paused: readonly JsonObject[]) =>
    stage.apply({
      ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', metadata: { name: 'all', namespace: 'platform' } },
      spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' }, ...(paused.length > 0 && { paused }) },
    });
  pause([{ cluster: 'c', reason: 'disks are replaced' }]);
  await stage.hub.runFor(60);
  stage.apply(appOf({ image: 'web:2', replicas: 3, rollout: { waves } }));
  await stage.hub.runFor(1800);
  assert.deepEqual(runs(stage, 'web:2'), ['a', 'b', 'd']);
  assert.match(JSON.stringify(stage.hub.get(shop)?.status), /"endedAt"/);
  pause([]);
  await stage.hub.runFor(600);
  assert.deepEqual(runs(stage, 'web:2'), ['a', 'b', 'c', 'd']);
  keepsPromises(stage);
});

test('a rollback by hand stays when the field is taken out again, until somebody lets go', async () => {
  const stage = await settled({ image: 'web:1', rollout: { waves } });
  const status = () => stage.hub.get(shop)?.status as { revision: string; rollout: { hold?: { since: string } } };
  const first = status().revision;
  stage.apply(appOf({ image: 'web:2', rollout: { waves } }));
  await stage.hub.runFor(1800);
  stage.apply(appOf({ image: 'web:2', rollout: { waves, rollbackTo: first } }));
  await stage.hub.runFor(900);
  for (const image of ['web:2', 'web:3']) {
    stage.apply(appOf({ image, rollout: { waves } }));
    await stage.hub.runFor(900);
    assert.deepEqual(runs(stage, 'web:1'), ['a', 'b', 'c', 'd'], `although ${image} is asked for`);
  }
  const { metadata, ...app } = appOf({ image: 'web:3', rollout: { waves } });
  const annotations = { ...metadata.annotations, 'crossply.dev/let-go': status().rollout.hold?.since ?? '' };
  stage.apply({ ...app, metadata: { ...metadata, annotations } });
  await stage.hub.runFor(1800);
  assert.deepEqual(runs(stage, 'web:3'), ['a', 'b', 'c', 'd']);
  keepsPromises(stage);
});

test('with maxRemovals 0 no cluster is left before somebody has approved of exactly these', async () => {
  const rollout = { waves, maxRemovals: 0 };
  const stage = await settled({ image: 'web:1', rollout });
  const placement = { clusterSelector: { matchExpressions: [{ key: 'env', operator: 'In', values: ['prod'] }] } };
  stage.apply(appOf({ image: 'web:1', rollout, placement }));
  await stage.hub.runFor(900);
  assert.deepEqual(runs(stage, 'web:1'), ['a', 'b', 'c', 'd']);
  stage.apply(approvalOf(stage, 'leave', 'bob', { removals: ['a'] }));
  await stage.hub.runFor(300);
  assert.deepEqual(runs(stage, 'web:1'), ['b', 'c', 'd']);
  keepsPromises(stage);
});

test('a cord stops everything, and a window is open while any of several is', async () => {
  const stage = await settled({ image: 'web:1', rollout: { waves } });
  const cord = { apiVersion: 'crossply.dev/v1alpha1', kind: 'AndonCord', metadata: { name: 'stop' } };
  stage.apply({ ...cord, spec: { reason: 'checkout is down' } });
  await stage.hub.runFor(30);
  stage.apply(appOf({ image: 'web:2', replicas: 2, rollout: { waves } }));
  await stage.hub.runFor(600);
  assert.deepEqual(runs(stage, 'web:2'), []);
  stage.hub.delete({ apiVersion: cord.apiVersion, kind: cord.kind, name: 'stop' });
  await stage.hub.runFor(900);
  assert.equal(runs(stage, 'web:2').length, 4);
  const windows = [
    { schedule: '0 3 * * *', duration: '1h' },
    { schedule: '0 22 * * *', duration: '1h' },
  ];
  stage.apply(appOf({ image: 'web:3', rollout: { waves: [{ name: 'all', windows, maxConcurrent: '100%' }] } }));
  await stage.hub.runFor(1800);
  assert.deepEqual(runs(stage, 'web:3'), []);
  keepsPromises(stage);
});

test('an image that fails goes back where that is asked for, and is not tried again', async () => {
  const rollout = { waves, onFailure: 'Rollback', deadline: '2m' };
  const stage = await settled({ image: 'web:1', rollout });
  for (const member of stage.hub.members.values()) member.setImageHealth('web:2', false);
  stage.apply(appOf({ image: 'web:2', rollout }));
  await stage.hub.runFor(3600);
  assert.deepEqual(runs(stage, 'web:1'), ['a', 'b', 'c', 'd']);
  keepsPromises(stage);
});

const shop = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'team', name: 'shop' };
