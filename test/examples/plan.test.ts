import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OfflineHub } from '../../cli/offline-hub/hub.ts';
import { formatManifests } from '../../cli/plan/format-manifests.ts';
import { printPlan } from '../../cli/plan/print-plan.ts';
import { runPlan } from '../../cli/plan/run-plan.ts';
import { sayFinding } from '../referee/judging/finding.ts';
import { judge } from '../referee/judging/referee.ts';
import { Observer } from '../referee/stage/observer.ts';
import { matchGolden } from './golden.ts';
import { root, startRendererExample } from './start-renderer.ts';

test('the plan of the shop is as it was', async () => {
  await comparePlan('shop');
});

test('the plan of the online boutique is as it was', async () => {
  await comparePlan('online-boutique');
});

test('the plan of the database is as it was, and the same when made again', async () => {
  const first = await comparePlan('stateful');
  assert.equal(JSON.stringify(await comparePlan('stateful')), JSON.stringify(first));
});

test('the plan of the search service is as it was', async () => {
  await comparePlan('placement');
});

test('the plan of the payments service is as it was', async () => {
  await comparePlan('rollout');
});

test('the plan of a renderer of one’s own is as it was', async () => {
  const example = await startRendererExample();
  try {
    await comparePlan('bring-your-own-renderer', example.folder);
  } finally {
    await example.stop();
  }
});

async function comparePlan(name: string, path = join(root, 'examples', name)) {
  const watchers: Observer[] = [];
  const kinds = ['App', 'ComputeNamespace', 'Tier', 'Website'];
  const onHub = (hub: OfflineHub) => void watchers.push(new Observer(hub, { kinds }));
  const plan = await runPlan(path, { maxVirtualSeconds: 7200, onProgress: () => {}, onHub });
  assert.deepEqual(plan.problems, []);
  matchGolden(`golden/${name}.txt`, `${printPlan(plan)}\n`);
  matchGolden(`golden/${name}.manifests.yaml`, formatManifests(plan.manifests));
  const timelines = watchers.map((watcher) => watcher.timeline());
  assert.ok(timelines.some(({ composites }) => composites.some(({ standing }) => standing.size > 0)));
  assert.deepEqual(timelines.flatMap(judge).map(sayFinding), [], 'no promise is broken');
  return plan;
}
