import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { waitUntil } from '../../wait-until.ts';
import { deploymentOf, imageOf } from '../deployment-of.ts';
import { healthyApp, rolledOut, rolloutState } from '../rollout.ts';
import {
  canaryWave,
  createRolloutScenario,
  editedApp,
  getApp,
  inPhase,
  progressOf,
  type RolloutScenario,
} from '../rollout-scenario.ts';
import { runningLab } from '../running-lab.ts';
import { imageOfEdit, webComponent } from '../web-component.ts';

let world: RolloutScenario;
before(async () => {
  world = await createRolloutScenario(runningLab(), 'badimage');
});

test('what never becomes ready stops at the first wave and is rolled back by itself; the other clusters never see it', async () => {
  const { scenario, canary, others } = world;
  const rollout = { waves: [canaryWave, { name: 'rest' }], deadline: '30s', onFailure: 'Rollback' };
  await scenario.lab.hub.apply(editedApp(world, 'bad', 0, { rollout }));
  await healthyApp(scenario, 'bad', 3, 300);
  const good = rolloutState(await getApp(world, 'bad')).revision;
  const untouched = await Promise.all(others.map((cluster) => deploymentOf(scenario, cluster, 'bad')));
  // No node has that much, so its new pod stays Pending.
  const hungry = { ...webComponent(1, 'bad'), resources: { requests: { cpu: '900' } } };
  await scenario.lab.hub.apply(editedApp(world, 'bad', 1, { rollout, components: [hungry] }));
  await waitUntil('the canary to get the bad image', async () =>
    imageOf(await deploymentOf(scenario, canary, 'bad')) === imageOfEdit(1, 'bad') ? true : undefined,
  );
  const rolledBack = await inPhase(world, 'bad', 'RolledBack');
  assert.equal(imageOf(await deploymentOf(scenario, canary, 'bad')), imageOfEdit(0, 'bad'));
  const { revision } = rolloutState(rolledBack);
  const { rejected = [], history = [], message } = progressOf(rolledBack);
  assert.equal(revision, good);
  assert.match(message ?? '', /was rolled back to .*1 of wave canary failed/);
  assert.equal(rejected.length, 1);
  assert.deepEqual(
    history.map(({ outcome }) => outcome),
    ['Completed', 'RolledBack', 'Completed'],
  );
  const now = await Promise.all(others.map((cluster) => deploymentOf(scenario, cluster, 'bad')));
  assert.deepEqual(
    now.map(({ metadata: { uid, generation } }) => [uid, generation]),
    untouched.map(({ metadata: { uid, generation } }) => [uid, generation]),
  );
  await rolledOut(scenario, editedApp(world, 'bad', 2, { rollout }), 3, 300);
});
