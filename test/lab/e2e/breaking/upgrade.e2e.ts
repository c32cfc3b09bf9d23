import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import { waitUntil } from '../../wait-until.ts';
import { deploymentOf } from '../deployment-of.ts';
import { isRolledOut } from '../follow-waves.ts';
import { healthyApp, rolledOut } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, crossplyKey, type Scenario, type ScenarioCluster } from '../scenario.ts';
import {
  everywhere,
  inNamespace,
  type ScenarioObjects,
  scenarioChanges,
  scenarioObjects,
} from '../scenario-objects.ts';
import { webComponent } from '../web-component.ts';
import { activeFunction, callsServed } from './function-server.ts';
import { mostAtOnce } from './most-at-once.ts';
import { formatAnnotation, nextFormat, otherNames, otherRendering, renderedLabel, sameBytes } from './releases.ts';
import { upgradeCrossply } from './upgrade-crossply.ts';
import { assertOneByOne, assertWrittenInTurn } from './wave-order.ts';

const clusters: readonly ScenarioCluster[] = [
  { name: 'upgrade-a', member: 'member-1', isVirtual: true },
  { name: 'upgrade-b', member: 'member-1', isVirtual: true },
  { name: 'upgrade-c', member: 'member-2', isVirtual: true },
];
const names = clusters.map(({ name }) => name);

let scenario: Scenario;

/** The lab's own installation is the older release; each test upgrades it to the next. */
before(async () => {
  scenario = await createScenario(runningLab(), 'upgrade', { clusters });
  await applyApp('shop', ['web'], { maxConcurrent: 3 });
  await healthyApp(scenario, 'shop', names.length);
});

test('a release that renders the same changes nothing, in the members and on the hub', async () => {
  const earlier = await shopObjects();
  const objects = await hubObjects();
  await upgradeCrossply(scenario.lab, sameBytes);
  // Scaling makes the new server render and deliver to every cluster; once it is taken back nothing may be left of it.
  for (const replicas of [2, 1]) {
    await applyApp('shop', ['web'], { maxConcurrent: 3, replicas });
    await waitUntil(`${replicas} replicas in every cluster`, () => isScaled(replicas), { seconds: 120 });
  }
  await healthyApp(scenario, 'shop', names.length);
  assert.deepEqual(scenarioChanges(earlier, await shopObjects()), {});
  assert.deepEqual(await hubObjects(), objects);
  const revision = await activeFunction(scenario.lab);
  for (const name of ['App', 'FanOut', 'Delivery'])
    assert.ok(revision !== undefined && (await callsServed(revision, name)) > 0, `the new server answered no ${name}`);
});

test('a release with keys and names of another form uses them for what is new, and recreates nothing', async () => {
  const earlier = await shopObjects();
  const objects = await hubObjects();
  await upgradeCrossply(scenario.lab, otherNames);
  await rolledOut(scenario, appOf('shop', ['web', 'extra'], { maxConcurrent: 3 }), names.length);
  await applyApp('second', ['solo'], { clusterNames: ['upgrade-a'] });
  await healthyApp(scenario, 'second', 1);
  const added = ['Deployment', 'Service'].map((kind) => inNamespace(scenario, kind, 'extra'));
  assert.deepEqual(scenarioChanges(earlier, await shopObjects()), everywhere(scenario, { added }));
  const later = await hubObjects();
  for (const [name, uid] of objects) assert.equal(later.get(name), uid, name);
  const fresh = [...later.keys()].filter((name) => !objects.has(name));
  assert.equal(fresh.length, names.length * 2 + 2 + 1, 'two Objects a cluster, two of the second App, and its slice');
  assert.ok(
    fresh.every((name) => / named-otherwise-/.test(name)),
    fresh.join(', '),
  );
});

test('a release with another format of delivery reaches the members wave by wave', async () => {
  await applyApp('shop', ['web', 'extra']);
  const earlier = await shopObjects();
  await upgradeCrossply(scenario.lab, nextFormat);
  await askToLook();
  assert.ok((await mostAtOnce(scenario, 'shop', ({ format }) => format === 3)) <= 1);
  const later = await shopObjects();
  assertWrittenInTurn(later);
  const changed = [...(later.get('upgrade-a')?.keys() ?? [])].sort();
  assert.equal(changed.length, 4);
  assert.deepEqual(scenarioChanges(earlier, later), everywhere(scenario, { changed }));
  for (const objects of later.values()) {
    for (const { metadata } of objects.values()) assert.equal(metadata.annotations?.[formatAnnotation], '3');
  }
});

test('a release that renders differently goes in waves', async () => {
  const earlier = await shopObjects();
  const options = { namespace: scenario.tenant, labels: 'crossply.dev/xr=shop' };
  const revisions = await scenario.lab.hub.list('apps/v1', 'ControllerRevision', options);
  const known = new Set(revisions.map(({ metadata }) => metadata.name ?? ''));
  await upgradeCrossply(scenario.lab, otherRendering);
  await askToLook();
  assert.ok((await mostAtOnce(scenario, 'shop', ({ revision }) => !known.has(revision))) <= 1);
  await assertOneByOne(scenario, names);
  const changed = ['extra', 'web'].map((name) => inNamespace(scenario, 'Deployment', name));
  assert.deepEqual(scenarioChanges(earlier, await shopObjects()), everywhere(scenario, { changed }));
  for (const name of names) {
    const { metadata } = await deploymentOf(scenario, name);
    assert.equal(metadata.labels?.[renderedLabel], 'later');
  }
});

function appOf(
  name: string,
  components: readonly string[],
  { clusterNames = names, maxConcurrent = 1, replicas = 1 } = {},
): KubeObject {
  return app(scenario, name, {
    components: components.map((component) => ({ ...webComponent(0, component), replicas })),
    placement: { clusterNames },
    rollout: { maxConcurrent },
  });
}

async function applyApp(...args: Parameters<typeof appOf>): Promise<void> {
  await scenario.lab.hub.apply(appOf(...args));
}

/** Has core reconcile the App with the functions that serve now: while it is settled it is looked at once an hour. */
async function askToLook(): Promise<void> {
  const annotations = { 'crossplane.io/reconcile-requested-at': new Date().toISOString() };
  await scenario.lab.hub.patch(crossplyKey('App', scenario.tenant, 'shop'), { metadata: { annotations } });
}

async function isScaled(replicas: number): Promise<true | undefined> {
  const deployments = await Promise.all(names.map((name) => deploymentOf(scenario, name)));
  const isDone = (each: KubeObject) => (each.spec as { replicas: number }).replicas === replicas && isRolledOut(each);
  return deployments.every(isDone) ? true : undefined;
}

/** Returns the uids of the slices and Objects that the hub has for the Apps of the scenario, by what they are. */
async function hubObjects(): Promise<ReadonlyMap<string, string>> {
  const { hub } = scenario.lab;
  const options = { namespace: scenario.tenant, labels: 'crossply.dev/xr-kind=App' };
  const slices = await hub.list('crossply.dev/v1alpha1', 'AssignmentSlice', options);
  const objects = await hub.list('kubernetes.m.crossplane.io/v1alpha1', 'Object', options);
  return new Map(
    [...slices, ...objects].map(({ kind, metadata: { name, uid = '' } }) => [`${kind} ${name}`, uid] as const),
  );
}

/** Returns the objects of the App shop in every cluster. */
async function shopObjects(): Promise<ScenarioObjects> {
  const isShop = ({ metadata }: KubeObject) => metadata.labels?.['app.kubernetes.io/part-of'] === 'shop';
  const all = await scenarioObjects(scenario);
  return new Map(
    [...all].map(([cluster, objects]) => [cluster, new Map([...objects].filter(([, object]) => isShop(object)))]),
  );
}
