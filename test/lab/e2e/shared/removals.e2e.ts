import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { JsonObject } from '../../../../functions/kube/json.ts';
import { waitUntil } from '../../wait-until.ts';
import { deleteComposite } from '../delete-composite.ts';
import { deploymentOf } from '../deployment-of.ts';
import { isRolledOut } from '../follow-waves.ts';
import { LastLook } from '../last-look.ts';
import { healthyApp, healthyComposite } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import {
  app,
  computeNamespaceName,
  createScenario,
  crossplyKey,
  labelCluster,
  type Scenario,
  tierName,
} from '../scenario.ts';
import { everywhere, hubObjects, inNamespace, scenarioObjects } from '../scenario-objects.ts';

const clusters = [
  { name: 'removals-1', member: 'member-1', labels: { stage: 'live' } },
  { name: 'removals-2', member: 'member-2', labels: { stage: 'live' } },
  { name: 'removals-3', member: 'member-3', labels: { stage: 'live' } },
] as const;
const port = { name: 'http', containerPort: 8080 };
const web = { name: 'web', image: 'example.com/web:1', ports: [port], service: {} };
const cache = { name: 'cache', image: 'example.com/cache:1', ports: [port], service: {} };
const placement = { clusterSelector: { matchLabels: { stage: 'live' } }, gracePeriodSeconds: 5 };
const override = {
  clusters: { clusterNames: ['removals-1'] },
  target: { kind: 'Deployment', name: 'web' },
  merge: { spec: { replicas: 2 } },
};

const patience = { seconds: 180, everyMs: 1000 };

let scenario: Scenario;
let hubBefore: readonly string[];
let look: LastLook;

before(async () => {
  scenario = await createScenario(runningLab(), 'removals', { clusters });
  // A neighbour in the same namespace: whatever is removed of the shop must leave it alone.
  await scenario.lab.hub.apply(app(scenario, 'neighbour', { components: [{ ...web, name: 'site' }] }));
  await healthyApp(scenario, 'neighbour', 3, 300);
  await healthyComposite(scenario.lab.hub, crossplyKey('ComputeNamespace', 'removals', computeNamespaceName), 3);
  hubBefore = await hubObjects(scenario);
  const manifests = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { mode: 'fast' } }];
  const content = { components: [web, cache], manifests, overrides: [override] };
  await scenario.lab.hub.apply(app(scenario, 'shop', { ...content, placement, rollout: { maxConcurrent: 1 } }));
  await healthyApp(scenario, 'shop', 3, 300);
  look = await LastLook.at(scenario);
});

test('a component that is removed takes its Deployment and Service along, on every cluster', async () => {
  await patchShop({ components: [web] });
  const removed = [inNamespace(scenario, 'Deployment', 'cache'), inNamespace(scenario, 'Service', 'cache')];
  await look.expect(everywhere(scenario, { removed }), () => healthyApp(scenario, 'shop', 3, 300));
});

test('an override that is removed changes back what it changed, and only on its cluster', async () => {
  await patchShop({ overrides: null });
  await look.expect({ 'removals-1': { changed: [inNamespace(scenario, 'Deployment', 'web')] } }, () =>
    healthyApp(scenario, 'shop', 3, 300),
  );
  const { spec } = await deploymentOf(scenario, 'removals-1');
  assert.equal((spec as { replicas: number }).replicas, 1);
});

test('a cluster that is excluded by name loses the App and nothing else', async () => {
  await patchShop({ placement: { ...placement, excludedClusterNames: ['removals-3'] } });
  await look.expect({ 'removals-3': { removed: shopObjects() } }, () => healthyApp(scenario, 'shop', 2, 300));
});

test('a cluster whose label changes loses the App and nothing else', async () => {
  await labelCluster(scenario, 'removals-2', { stage: 'retired' });
  await look.expect({ 'removals-2': { removed: shopObjects() } }, () => healthyApp(scenario, 'shop', 1, 300));
});

test('an App that is deleted leaves nothing behind on hub and members', async () => {
  await deleteComposite(scenario.lab.hub, crossplyKey('App', scenario.tenant, 'shop'));
  await waitUntil(
    'the hub to be as it was before the App',
    async () => {
      assert.deepEqual(await hubObjects(scenario), hubBefore);
      return true;
    },
    patience,
  );
  await look.expect({ 'removals-1': { removed: shopObjects() } });
  assert.ok(isRolledOut(await deploymentOf(scenario, 'removals-1', 'site')));
});

test('all that a tenant and a Tier brought is gone from the members when they are deleted', async () => {
  const { lab, tenant, platform } = scenario;
  await deleteComposite(lab.hub, crossplyKey('App', tenant, 'neighbour'));
  await deleteComposite(lab.hub, crossplyKey('ComputeNamespace', tenant, computeNamespaceName));
  await deleteComposite(lab.hub, crossplyKey('Tier', platform, tierName));
  await waitUntil(
    'the members to have nothing of the scenario',
    async () => {
      const left = [...(await scenarioObjects(scenario)).values()].flatMap((objects) => [...objects.keys()]);
      assert.deepEqual(left, []);
      return true;
    },
    patience,
  );
});

async function patchShop(spec: JsonObject): Promise<void> {
  await scenario.lab.hub.patch(crossplyKey('App', scenario.tenant, 'shop'), { spec });
}

function shopObjects(): readonly string[] {
  const objects = { ConfigMap: 'settings', Deployment: 'web', Service: 'web' };
  return Object.entries(objects).map(([kind, name]) => inNamespace(scenario, kind, name));
}
