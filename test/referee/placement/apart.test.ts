import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appOf, createStage } from '../stage/stage.ts';

test('two Apps that keep apart and start in the same second do not stay on one cluster, and what is ready moves no more', async () => {
  const readyAfterSeconds = { a: 40, b: 40, c: 40 };
  const faults = { staleCalls: 1 };
  const stage = await createStage({ clusters: { a: { rack: 'best' }, b: {}, c: {} }, readyAfterSeconds, faults });
  const preferred = [{ weight: 100, term: { clusterSelector: { matchLabels: { rack: 'best' } } } }];
  for (const [name, other] of [
    ['red', 'green'],
    ['green', 'red'],
  ] as const) {
    const placement = { numberOfClusters: 1, affinity: { preferred }, appAntiAffinity: [{ name: other }] };
    stage.apply(appOf({ name, image: 'web:1', placement }));
  }
  await stage.hub.runFor(1800);
  const where = (name: string) =>
    [...stage.hub.members.values()].flatMap(({ name: cluster, store }) =>
      [...store.index.all()].some(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)
        ? [cluster]
        : [],
    );
  assert.deepEqual(where('green'), ['a'], 'by name it comes first');
  assert.equal(where('red').length, 1);
  assert.notDeepEqual(where('red'), ['a']);
});
