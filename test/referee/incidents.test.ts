import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayFinding } from './judging/finding.ts';
import { judge } from './judging/referee.ts';
import { appOf, approvalOf, createStage, profileOf, type Stage } from './stage/stage.ts';

const five = { a: {}, b: {}, c: {}, d: {}, e: {} };

/** Checks the promises, and that what the test is about was reached at all. */
function checkPromises({ observer, hub }: Stage, reached: { readonly image: string; readonly least: number }): void {
  const timeline = observer.timeline();
  assert.deepEqual(judge(timeline).map(sayFinding), []);
  const apps = timeline.composites.filter(({ kind }) => kind === 'App');
  const got = apps.flatMap(({ standing }) =>
    [...standing].filter(([, steps]) => steps.some(({ value }) => value.images.includes(reached.image))),
  );
  assert.ok(got.length >= reached.least, `${got.length} of ${hub.members.size} clusters got ${reached.image}`);
}

test('each wave waits for the soak of the one before, whichever cluster could begin first', async () => {
  const stage = await createStage({ clusters: five, isBare: true });
  const waves = [
    { name: 'one', count: 1, soak: '10m' },
    { name: 'two', count: 1, soak: '10m' },
    { name: 'rest', maxConcurrent: '100%' },
  ];
  stage.apply(appOf({ image: 'web:1', replicas: 2, rollout: { waves } }));
  await stage.hub.runFor(2400);
  checkPromises(stage, { image: 'web:1', least: 5 });
});

test('a canary without replicas proves nothing: the others begin one at a time', async () => {
  const stage = await createStage({ clusters: { a: { stage: 'canary' }, b: { stage: 'live' }, c: { stage: 'live' } } });
  const waves = [
    { name: 'canary', clusterSelector: { matchLabels: { stage: 'canary' } } },
    { name: 'live', maxConcurrent: '100%' },
  ];
  const weights = [{ clusters: { clusterSelector: { matchLabels: { stage: 'live' } } }, weight: 1 }];
  const placement = { replicas: { mode: 'Divided', weights } };
  const wish = { replicas: 2, rollout: { waves }, placement };
  stage.apply(appOf({ ...wish, image: 'web:1' }));
  await stage.hub.runFor(900);
  stage.apply(appOf({ ...wish, image: 'web:broken' }));
  await stage.hub.runFor(1800);
  checkPromises(stage, { image: 'web:broken', least: 2 });
});

test('an approval is for the clusters that the wave had: one that is widened afterwards asks again', async () => {
  const clusters = { a: { env: 'test' }, b: { env: 'prod' }, c: { env: 'more' }, d: { env: 'more' } };
  const stage = await createStage({ clusters });
  const wavesFor = (values: readonly string[]) => [
    { name: 'test', clusterSelector: { matchLabels: { env: 'test' } }, soak: '10m' },
    {
      name: 'prod',
      clusterSelector: { matchExpressions: [{ key: 'env', operator: 'In', values }] },
      maxConcurrent: '100%',
      approval: {},
    },
    { name: 'others', approval: { quorum: 2 } },
  ];
  stage.apply(appOf({ image: 'web:1' }));
  await stage.hub.runFor(600);
  stage.apply(appOf({ image: 'web:2', rollout: { waves: wavesFor(['prod']) } }));
  await stage.hub.runFor(120);
  stage.apply(approvalOf(stage, 'bob-prod', 'bob', { wave: 'prod' }));
  await stage.hub.runFor(120);
  stage.apply(appOf({ image: 'web:2', rollout: { waves: wavesFor(['prod', 'more']) } }));
  await stage.hub.runFor(1800);
  checkPromises(stage, { image: 'web:2', least: 1 });
});

test('an App does not stay healthy for longer than a minute on a cluster that is lost', async () => {
  const stage = await createStage({ clusters: { a: {}, b: {}, c: {} } });
  stage.apply(appOf({ image: 'web:1' }));
  await stage.hub.runFor(1500);
  stage.observer.setCutOff('c', true);
  stage.apply(profileOf('c', {}, false));
  await stage.hub.runFor(600);
  checkPromises(stage, { image: 'web:1', least: 3 });
});

test('a mend begins with the clusters that are broken', async () => {
  const stage = await createStage({ clusters: five });
  const waves = [
    { name: 'one', count: 1 },
    { name: 'rest', maxConcurrent: '100%', maxFailures: 2 },
  ];
  stage.apply(appOf({ image: 'web:1', rollout: { waves } }));
  await stage.hub.runFor(600);
  for (const cluster of ['d', 'e']) stage.hub.members.get(cluster)?.setImageHealth('web:2', false);
  stage.apply(appOf({ image: 'web:2', rollout: { waves } }));
  await stage.hub.runFor(900);
  stage.apply(appOf({ image: 'web:3', rollout: { waves } }));
  await stage.hub.runFor(300);
  checkPromises(stage, { image: 'web:3', least: 1 });
});

test('a change of replicas alone waits for no wave and no soak', async () => {
  const stage = await createStage({ clusters: five });
  const rollout = { waves: [{ name: 'one', count: 1, soak: '10m' }, { name: 'end' }] };
  stage.apply(appOf({ image: 'web:1', replicas: 3, rollout }));
  await stage.hub.runFor(1500);
  stage.apply(appOf({ image: 'web:1', replicas: 2, rollout }));
  await stage.hub.runFor(120);
  checkPromises(stage, { image: 'web:1', least: 5 });
});

test('a wave by number takes no more clusters than its number, also those that were not ready when it asked', async () => {
  const clusters = {
    c1: { in: 'eu' },
    c2: { in: 'eu' },
    c3: { in: 'asia' },
    c4: { in: 'asia' },
    c5: { in: 'us' },
    c6: { in: 'asia' },
  };
  const stage = await createStage({ clusters, isBare: true });
  const waves = [
    { name: 'one', count: 2, maxConcurrent: '50%', approval: {} },
    { name: 'west', clusterSelector: { matchExpressions: [{ key: 'in', operator: 'In', values: ['us', 'eu'] }] } },
    { name: 'rest' },
  ];
  stage.apply(appOf({ image: 'web:1', rollout: { waves } }));
  await stage.hub.runFor(60);
  stage.apply(approvalOf(stage, 'bob-one', 'bob', { wave: 'one' }));
  await stage.hub.runFor(60);
  checkPromises(stage, { image: 'web:1', least: 6 });
});
