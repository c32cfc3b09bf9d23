import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import { publishProfile } from '../../fleet.ts';
import { setSuspended } from '../../virtual-clusters/set-suspended.ts';
import { virtualAccess } from '../../virtual-member.ts';
import { waitUntil } from '../../wait-until.ts';
import { deploymentKey } from '../deployment-of.ts';
import { healthyApp } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, crossplyKey, labelCluster, profileKey, type Scenario } from '../scenario.ts';
import { webComponent } from '../web-component.ts';

/** Replicas that move between clusters, and a cluster that gets another name, on real API servers. */
const [first, second] = ['moves-1', 'moves-2'] as const;
const clusters = [
  { name: first, member: 'member-1', isVirtual: true, labels: { stage: 'live', way: first } },
  { name: second, member: 'member-2', isVirtual: true, labels: { stage: 'spare', way: second } },
] as const;
const total = 6;
const components = [{ ...webComponent(0), replicas: total }];
const placement = {
  clusterSelector: { matchLabels: { stage: 'live' } },
  replicas: { mode: 'Divided' },
  failoverAfterSeconds: 5,
  failbackAfterSeconds: 5,
};

let scenario: Scenario;
before(async () => {
  const providerConfigRef = { nameTemplate: '${cluster.labels.way}' };
  scenario = await createScenario(runningLab(), 'moves', { clusters, clusterSet: { providerConfigRef } });
  await scenario.lab.hub.apply(app(scenario, 'shop', { components, placement }));
  await healthyApp(scenario, 'shop', 1);
  assert.deepEqual(await readyPods(first), total);
});

test('a cluster that joins takes its share, and at no moment are fewer pods ready than are wanted', async () => {
  await labelCluster(scenario, second, { stage: 'live' });
  const fewest = await fewestReady(
    [first, second],
    async () => (await wanted(first)) === 3 && (await wanted(second)) === 3,
  );
  assert.equal(fewest, total);
  await healthyApp(scenario, 'shop', 2);
});

test('the replicas of a lost cluster run elsewhere, and go back when it is well again', async () => {
  const { hub, layout } = scenario.lab;
  const access = virtualAccess(layout, 'member-2', second);
  await setSuspended(access, true);
  await reportHealth(second, 'False');
  try {
    await waitUntil(
      'the other cluster to run all of them',
      async () => ((await readyPods(first)) === total ? true : undefined),
      { seconds: 180 },
    );
    const { status } = await hub.get(crossplyKey('App', scenario.tenant, 'shop'));
    assert.match(JSON.stringify(status), /"phase":"(?!Healthy)/);
  } finally {
    await setSuspended(access, false);
    await reportHealth(second, 'True');
  }
  const fewest = await fewestReady(
    [first, second],
    async () => (await wanted(first)) === 3 && (await wanted(second)) === 3,
  );
  assert.ok(fewest >= total, `${fewest} of ${total} pods were ready`);
  await healthyApp(scenario, 'shop', 2);
});

test('a cluster that gets another name keeps what runs there', async () => {
  const { hub } = scenario.lab;
  const deployment = await scenario.member(second).get(deploymentKey(scenario, 'web'));
  const namespace = await scenario
    .member(second)
    .get({ apiVersion: 'v1', kind: 'Namespace', name: scenario.memberNamespace });
  const objects = await objectNames();
  const { metadata, spec, status } = await hub.get(profileKey(scenario, second));
  const { properties: _, ...told } = status as JsonObject;
  const renamed: KubeObject = {
    ...{
      apiVersion: 'multicluster.x-k8s.io/v1alpha1',
      kind: 'ClusterProfile',
      spec: { ...(spec as JsonObject), displayName: 'moved' },
    },
    metadata: { name: 'moved', namespace: scenario.platform, labels: metadata.labels ?? {} },
    status: told,
  };
  await hub.delete(profileKey(scenario, second));
  await publishProfile(hub, renamed);
  await waitUntil('the App to call it by its new name', async () => {
    const text = JSON.stringify((await hub.get(crossplyKey('App', scenario.tenant, 'shop'))).status);
    return text.includes('"moved"') ? true : undefined;
  });
  await healthyApp(scenario, 'shop', 2);
  await delay(10_000);
  const now = await scenario.member(second).get(deploymentKey(scenario, 'web'));
  assert.equal(now.metadata.uid, deployment.metadata.uid);
  assert.equal(now.metadata['generation'], deployment.metadata['generation']);
  const still = await scenario
    .member(second)
    .get({ apiVersion: 'v1', kind: 'Namespace', name: scenario.memberNamespace });
  assert.equal(still.metadata.uid, namespace.metadata.uid);
  assert.deepEqual(await objectNames(), objects);
});

/** Follows the ready pods of all clusters together, twice a second, until something holds; returns the fewest that were seen. */
async function fewestReady(names: readonly string[], isThere: () => Promise<boolean>): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  await waitUntil(
    'the replicas to be where they should be',
    async () => {
      const ready = await Promise.all(names.map(readyPods));
      fewest = Math.min(
        fewest,
        ready.reduce((sum, count) => sum + count, 0),
      );
      return (await isThere()) ? true : undefined;
    },
    { seconds: 240, everyMs: 500 },
  );
  return fewest;
}

async function readyPods(cluster: string): Promise<number> {
  const found = await scenario.member(cluster).find(deploymentKey(scenario, 'web'));
  return Number((found?.status as JsonObject | undefined)?.['readyReplicas'] ?? 0);
}

async function wanted(cluster: string): Promise<number> {
  const found = await scenario.member(cluster).find(deploymentKey(scenario, 'web'));
  return Number((found?.spec as JsonObject | undefined)?.['replicas'] ?? 0);
}

async function objectNames(): Promise<readonly string[]> {
  const objects = await scenario.lab.hub.list('kubernetes.m.crossplane.io/v1alpha1', 'Object');
  const own = objects.filter(({ metadata }) => [scenario.tenant, scenario.platform].includes(metadata.namespace ?? ''));
  return own.map(({ metadata }) => metadata.name ?? '').sort();
}

async function reportHealth(cluster: string, status: 'True' | 'False'): Promise<void> {
  const condition = { type: 'ControlPlaneHealthy', status, reason: 'Reported', message: '' };
  const conditions = [{ ...condition, lastTransitionTime: new Date().toISOString() }];
  await scenario.lab.hub.patch(profileKey(scenario, cluster), { status: { conditions } }, 'status');
}
