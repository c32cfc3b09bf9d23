import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isJsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import type { ObjectKey } from '../../api.ts';
import { waitUntil } from '../../wait-until.ts';
import { createApproval } from '../create-approval.ts';
import { deploymentKey, deploymentOf, imageOf } from '../deployment-of.ts';
import { staysOld } from '../follow-waves.ts';
import { healthyApp, rolloutState } from '../rollout.ts';
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
import { crossplyKey } from '../scenario.ts';
import { imageOfEdit } from '../web-component.ts';

let world: RolloutScenario;
before(async () => {
  world = await createRolloutScenario(runningLab(), 'brakes');
});

test('a cord that is pulled in the middle of a rollout stops it at once; what runs is healed, and it goes on when released', async () => {
  const { scenario, canary, others } = world;
  const rollout = { waves: [{ ...canaryWave, soak: '20s' }, { name: 'rest' }] };
  await scenario.lab.hub.apply(editedApp(world, 'corded', 0, { rollout }));
  await healthyApp(scenario, 'corded', 3, 300);
  await scenario.lab.hub.apply(editedApp(world, 'corded', 1, { rollout }));
  await waitUntil('the canary to change', async () =>
    imageOf(await deploymentOf(scenario, canary, 'corded')) === imageOfEdit(1, 'corded') ? true : undefined,
  );
  const cord: KubeObject = {
    ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'AndonCord', metadata: { name: 'outage-of-brakes' } },
    spec: { reason: 'checkout is down', tiers: [{ namespace: scenario.platform, name: 'prod' }] },
  };
  const cordKey: ObjectKey = { apiVersion: cord.apiVersion, kind: cord.kind, name: 'outage-of-brakes' };
  await scenario.lab.hub.apply(cord);
  try {
    const paused = await inPhase(world, 'corded', 'Paused');
    assert.deepEqual(progressOf(paused).brakes, ['AndonCord outage-of-brakes: checkout is down']);
    const service = { ...deploymentKey(scenario, 'corded'), apiVersion: 'v1', kind: 'Service' };
    await scenario.member(canary).delete(service);
    await waitUntil('the Service to come back', () => scenario.member(canary).find(service), { seconds: 120 });
    const isOld = (image: string | undefined) => (image === imageOfEdit(0, 'corded') ? 'old' : 'changing');
    await staysOld(
      scenario,
      others,
      async (member) => isOld(imageOf(await member.get(deploymentKey(scenario, 'corded')))),
      25,
    );
  } finally {
    await scenario.lab.hub.delete(cordKey);
  }
  await healthyApp(scenario, 'corded', 3, 300);
  assert.equal(imageOf(await deploymentOf(scenario, others[1] ?? '', 'corded')), imageOfEdit(1, 'corded'));
});

test('a wave waits for the approval of somebody else: that of who made the change is refused, that of another person opens it', async () => {
  const { scenario, others, me } = world;
  const rollout = { waves: [canaryWave, { name: 'rest', approval: {} }] };
  await scenario.lab.hub.apply(editedApp(world, 'approved', 0, { rollout }));
  const revision = await waitUntil('the wave to wait', async () => {
    const shopNow = await getApp(world, 'approved');
    const rest = progressOf(shopNow).waves.find(({ name }) => name === 'rest');
    return rest?.message?.startsWith('waits for 1 of 1 approvals') ? rolloutState(shopNow).revision : undefined;
  });
  assert.ok(revision);
  const approval = { for: { kind: 'App', name: 'approved' }, wave: 'rest', revision };
  await assert.rejects(
    createApproval(scenario, 'mine', { ...approval, approver: me }, me),
    /made the last change to App approved: somebody else has to approve of it/,
  );
  await assert.rejects(
    createApproval(scenario, 'forged', { ...approval, approver: 'bob' }, 'mallory'),
    /everybody approves under their own name/,
  );
  await createApproval(scenario, 'other-revision', { ...approval, revision: '0123456789', approver: 'bob' }, 'bob');
  const deployments = () =>
    Promise.all(others.map((each) => scenario.member(each).find(deploymentKey(scenario, 'approved'))));
  assert.deepEqual(await deployments(), [undefined, undefined]);
  await createApproval(scenario, 'bobs', { ...approval, approver: 'bob' }, 'bob');
  const done = await healthyApp(scenario, 'approved', 3, 300);
  assert.deepEqual(progressOf(done).waves.find(({ name }) => name === 'rest')?.approvedBy, ['bob']);
  await waitUntil('the Approval to be used', async () => {
    const { status } = await scenario.lab.hub.get(crossplyKey('Approval', scenario.tenant, 'bobs'));
    return isJsonObject(status) && status['state'] === 'Used' ? true : undefined;
  });
});
