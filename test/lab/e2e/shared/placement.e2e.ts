import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../../wait-until.ts';
import { isRolledOut } from '../follow-waves.ts';
import { healthyApp, healthyComposite } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import {
  app,
  clusterSetName,
  computeNamespaceName,
  createScenario,
  crossplyKey,
  labelCluster,
  profileKey,
  type Scenario,
} from '../scenario.ts';
import { webComponent } from '../web-component.ts';

const clusters = [
  { name: 'placement-1', member: 'member-1', labels: { stage: 'live' } },
  { name: 'placement-2', member: 'member-2', labels: { stage: 'live' } },
  { name: 'placement-3', member: 'member-3', labels: { stage: 'live' } },
] as const;
const names = clusters.map(({ name }) => name);
const placement = {
  numberOfClusters: 2,
  clusterSelector: { matchLabels: { stage: 'live' } },
  gracePeriodSeconds: 15,
  failoverAfterSeconds: 15,
};

let scenario: Scenario;

before(async () => {
  scenario = await createScenario(runningLab(), 'placement', { clusters });
  await healthyComposite(scenario.lab.hub, crossplyKey('ComputeNamespace', 'placement', computeNamespaceName), 3);
  await scenario.lab.hub.apply(app(scenario, 'shop', { components: [webComponent(1)], placement }));
  await healthyApp(scenario, 'shop', 2, 300);
});

test('two of three clusters are chosen, and the status says why not the third', async () => {
  const { status } = await scenario.lab.hub.get(crossplyKey('App', scenario.tenant, 'shop'));
  const { verdicts } = (status as { placement: { verdicts: readonly { cluster: string; verdict: string }[] } })
    .placement;
  const words = new Map(verdicts.map(({ cluster, verdict }) => [cluster, verdict]));
  const where = await running();
  assert.equal(where.length, 2);
  for (const name of names) assert.equal(words.get(name), where.includes(name) ? 'Kept' : 'Outscored');
});

test('a NoExecute taint moves the App off a cluster, make before break; nothing moves back when it goes', async () => {
  const [tainted = '', other = ''] = await running();
  await taint({ clusters: { clusterNames: [tainted] }, key: 'maintenance', effect: 'NoExecute' });
  await movesFrom(tainted, other);
  await taint();
  await staysOn(await running(), 15);
});

test('a label that flaps moves nothing; one that stays away moves the App, make before break', async () => {
  const [first = '', other = ''] = await running();
  await labelCluster(scenario, first, { stage: 'test' });
  await staysOn([first, other], 8);
  await labelCluster(scenario, first, { stage: 'live' });
  await staysOn([first, other], 20);
  await labelCluster(scenario, first, { stage: 'test' });
  await movesFrom(first, other);
  await labelCluster(scenario, first, { stage: 'live' });
});

test('a cluster that stays unhealthy is replaced by another, make before break', async () => {
  const [ill = '', other = ''] = await running();
  await reportHealth(ill, 'False');
  await movesFrom(ill, other);
  await reportHealth(ill, 'True');
  await staysOn(await running(), 15);
});

/** Waits until the App has moved from one cluster to the one that was free, and refuses when fewer than two ran it on the way. */
async function movesFrom(from: string, other: string): Promise<void> {
  const target = names.filter((name) => name !== from);
  const mistake = await waitUntil(
    `the App to move from ${from} to ${target.filter((name) => name !== other).join()}`,
    async () => {
      const ready = await readyClusters();
      if (ready.length < 2) return `only ${ready.join(', ') || 'none'} ran the App on its way`;
      return (await running()).join() === target.join() ? '' : undefined;
    },
    { seconds: 180, everyMs: 500 },
  );
  assert.equal(mistake, '');
  await healthyApp(scenario, 'shop', 2, 120);
}

async function staysOn(expected: readonly string[], seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await delay(1000)) {
    assert.deepEqual(await running(), expected);
  }
}

/** The clusters that have the Deployment, by name. */
async function running(): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => scenario.member(name).find(deployment)));
  return names.filter((_, index) => found[index] !== undefined);
}

async function readyClusters(): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => scenario.member(name).find(deployment)));
  return names.filter((_, index) => {
    const object = found[index];
    return object !== undefined && isRolledOut(object);
  });
}

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: `placement-${computeNamespaceName}`,
  name: 'web',
} as const;

async function taint(...taints: readonly { readonly [field: string]: unknown }[]): Promise<void> {
  const key = crossplyKey('ClusterSet', scenario.platform, clusterSetName);
  await scenario.lab.hub.patch(key, { spec: { taints: taints as never } });
}

async function reportHealth(cluster: string, status: 'True' | 'False'): Promise<void> {
  const condition = { type: 'ControlPlaneHealthy', status, reason: 'Reported', message: '' };
  const conditions = [{ ...condition, lastTransitionTime: new Date().toISOString() }];
  await scenario.lab.hub.patch(profileKey(scenario, cluster), { status: { conditions } }, 'status');
}
