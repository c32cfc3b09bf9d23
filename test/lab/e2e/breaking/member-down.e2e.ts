import assert from 'node:assert/strict';
import { afterEach, before, test } from 'node:test';
import type { JsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import { waitUntil } from '../../wait-until.ts';
import { deploymentKey, deploymentOf, imageOf } from '../deployment-of.ts';
import { isRolledOut } from '../follow-waves.ts';
import { healthyApp, reported, rolloutState } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, crossplyKey, type Scenario } from '../scenario.ts';
import { everywhere, inNamespace, scenarioChanges, scenarioObjects } from '../scenario-objects.ts';
import { imageOfEdit, webComponent } from '../web-component.ts';
import { returnMember, stopMember } from './member-outage.ts';
import { assertOneByOne } from './wave-order.ts';

/** The cluster that fails, and the member that it is. By its name it comes first in every wave. */
const failing = 'down-a';
const home = 'member-3';
const others = ['down-b', 'down-c'];

let scenario: Scenario;

before(async () => {
  scenario = await createScenario(runningLab(), 'down', {
    clusters: [
      { name: failing, member: home },
      { name: 'down-b', member: 'member-1', isVirtual: true },
      { name: 'down-c', member: 'member-2', isVirtual: true },
    ],
  });
  await applyShop(0, { rollout: { maxConcurrent: 3 } }, 1);
  await applySteady(['steady', 'helper']);
  await healthyApp(scenario, 'shop', 3, 300);
  await healthyApp(scenario, 'steady', 2, 300);
});

afterEach(() => returnMember(scenario.lab, home));

test('a cluster that is down before a change comes last, keeps nobody waiting, and gets the change when it returns', async () => {
  const earlier = await scenarioObjects(scenario);
  await stopMember(scenario.lab, home);
  // A change of replicas makes the hub notice soon that the cluster is away.
  await applyShop(0);
  await failingIn('Unreachable');
  await applyShop(1);
  await waitForImage(others, 1);
  await assertOneByOne(scenario, others);
  await returnMember(scenario.lab, home);
  await healthyApp(scenario, 'shop', 3, 300);
  await healthyApp(scenario, 'steady', 2, 300);
  await waitForImage([failing], 1);
  const changed = [inNamespace(scenario, 'Deployment', 'web')];
  assert.deepEqual(scenarioChanges(earlier, await scenarioObjects(scenario)), everywhere(scenario, { changed }));
});

test('a cluster that goes down in the middle of a change keeps nobody waiting, and gets the change when it returns', async () => {
  const earlier = await scenarioObjects(scenario);
  await stopMember(scenario.lab, home);
  await applyShop(2, { rollout: { maxConcurrent: 2 } });
  await waitForImage(others, 2);
  await failingIn('Unreachable');
  await returnMember(scenario.lab, home);
  await healthyApp(scenario, 'shop', 3, 300);
  await waitForImage([failing], 2);
  const changed = [inNamespace(scenario, 'Deployment', 'web')];
  assert.deepEqual(scenarioChanges(earlier, await scenarioObjects(scenario)), everywhere(scenario, { changed }));
});

test('a removal while the cluster is down shows as Leaving, what is added again waits, and nothing is lost or doubled', async () => {
  const earlier = await scenarioObjects(scenario);
  await stopMember(scenario.lab, home);
  await applyShop(2, { placement: { excludedClusterNames: [failing] } });
  await applySteady(['steady']);
  const leaving = await failingIn('Leaving', 'leaving: 2 objects are not gone yet');
  assert.equal(rolloutState(leaving).clusters?.leaving, 1);
  await waitUntil(
    'the helper to be removed where it can be, and to wait for its removal where it cannot',
    async () => {
      const helper = await scenario.member('down-b').find(deploymentKey(scenario, 'helper'));
      return helper === undefined && (await hangingObjects()) === 2 ? true : undefined;
    },
    { seconds: 150 },
  );
  await applyShop(2);
  await applySteady(['steady', 'helper']);
  const what = 'is still leaving; joins again when nothing of it is left; leaving: 2 objects are not gone yet';
  const waiting = await failingIn('Leaving', what);
  assert.equal(rolloutState(waiting).clusters?.leaving, 1);
  await returnMember(scenario.lab, home);
  await healthyApp(scenario, 'shop', 3, 300);
  await healthyApp(scenario, 'steady', 2, 300);
  const helper = ['Deployment', 'Service'].map((kind) => inNamespace(scenario, kind, 'helper'));
  const web = ['Deployment', 'Service'].map((kind) => inNamespace(scenario, kind, 'web'));
  assert.deepEqual(scenarioChanges(earlier, await scenarioObjects(scenario)), {
    [failing]: { recreated: [...helper, ...web].sort() },
    'down-b': { recreated: helper },
  });
});

async function applyShop(edit: number, spec: JsonObject = {}, replicas = 2): Promise<void> {
  const components = [{ ...webComponent(edit), replicas }];
  await scenario.lab.hub.apply(app(scenario, 'shop', { components, rollout: { maxConcurrent: 1 }, ...spec }));
}

async function applySteady(components: readonly string[]): Promise<void> {
  const spec = {
    components: components.map((name) => webComponent(0, name)),
    placement: { clusterNames: [failing, 'down-b'] },
    // A cluster that is known to be down is to get its change all the same, after the others.
    rollout: { maxConcurrent: 2, unreachable: 'Wait' },
  };
  await scenario.lab.hub.apply(app(scenario, 'steady', spec));
}

/** Returns the App shop once it reports the cluster that fails in a phase, and with a message if one is given. */
function failingIn(phase: string, message?: string): Promise<KubeObject> {
  const expected = { cluster: failing, phase, ...(message === undefined ? {} : { message }) };
  return reported(scenario.lab.hub, crossplyKey('App', scenario.tenant, 'shop'), expected, 150);
}

/** Returns how many Objects of the App steady wait on the hub for the cluster that fails to confirm their deletion. */
async function hangingObjects(): Promise<number> {
  const labels = `crossply.dev/cluster=${failing},crossply.dev/xr=steady`;
  const options = { namespace: scenario.tenant, labels };
  const objects = await scenario.lab.hub.list('kubernetes.m.crossplane.io/v1alpha1', 'Object', options);
  return objects.filter(({ metadata }) => metadata.deletionTimestamp !== undefined).length;
}

/** Returns once clusters run an edit of the shop with all its pods. */
async function waitForImage(clusters: readonly string[], edit: number): Promise<void> {
  await waitUntil(
    `edit ${edit} to be available in ${clusters.join(', ')}`,
    async () => {
      const deployments = await Promise.all(clusters.map((cluster) => deploymentOf(scenario, cluster)));
      return deployments.every((each) => imageOf(each) === imageOfEdit(edit) && isRolledOut(each)) ? true : undefined;
    },
    { seconds: 150 },
  );
}
