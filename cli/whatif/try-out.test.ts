import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import { offlineReader } from '../hub-reader/hub-reader.ts';
import { observeComposite } from '../hub-reader/observe-composite.ts';
import { type CompositeMove, isMoving } from './compare.ts';
import { readChanges } from './read-changes.ts';
import { type RunningHub, startRunningHub } from './running-hub.ts';
import { type SampleCluster, sampleApp, sampleFleet, sampleFolder, sampleProfile, sampleSet } from './sample-fleet.ts';
import { type TriedOut, tryOut } from './try-out.ts';
import { whereaboutsOf } from './whereabouts.ts';

const cpu = 'resources.kubernetes-fleet.io/available-cpu';
const inRegion = (region: string, free = '8'): SampleCluster => ({ labels: { region }, properties: { [cpu]: free } });
const fleet = { a: inRegion('eu'), b: inRegion('eu'), c: inRegion('us'), d: inRegion('us') };
const apps = [
  sampleApp('home', {
    numberOfClusters: 1,
    groups: [
      { name: 'near', clusters: { clusterNames: ['a', 'b'] } },
      { name: 'far', clusters: { clusterNames: ['c', 'd'] } },
    ],
  }),
  sampleApp('wide', { replicas: { mode: 'Divided', weights: [{ clusters: { cel: 'true' }, weight: 1 }] } }, 9),
  sampleApp('overseas', { clusterSelector: { matchLabels: { region: 'us' } }, numberOfClusters: 2 }),
];

type Flags = Parameters<typeof readChanges>[0];

/** A change that whatif is told, and the same change made on the hub. */
interface Step {
  readonly what: string;
  readonly flags: (home: string) => Partial<Flags>;
  readonly made: (home: string) => readonly KubeObject[];
  /** Apps that move or whose replicas do. */
  readonly moving: readonly string[];
}

const steps: readonly Step[] = [
  {
    what: 'draining a cluster',
    flags: (home) => ({ drain: [home] }),
    made: (home) => [
      sampleSet({ taints: [{ clusters: { clusterNames: [home] }, key: 'crossply.dev/drain', effect: 'NoExecute' }] }),
    ],
    moving: ['home', 'wide'],
  },
  {
    what: 'a cluster that is unhealthy for long',
    flags: (home) => ({ unhealthy: [home] }),
    made: (home) => [sampleProfile(home, { ...inRegion('eu'), isHealthy: false })],
    moving: ['home', 'wide'],
  },
];

test('whatif tells what the simulated hub then does, change after change', async (t) => {
  const running = await startRunningHub(t);
  await running.apply(sampleFleet(fleet, apps));
  for (const { what, flags, made, moving } of steps) {
    await t.test(what, async () => {
      const [home = ''] = Object.keys((await placesOf(running))['App home'] ?? {});
      await check(running, await tell(running, flags(home)), made(home), moving);
    });
  }
  await t.test('an added cluster, another label and less capacity', async (added) => {
    const fresh = sampleProfile('e', inRegion('eu'));
    const flags = { add: [sampleFolder(added, [fresh])], label: ['d:region=eu'], capacity: [`d:${cpu}=1`] };
    const told = await tell(running, flags);
    await check(running, told, [fresh, sampleProfile('d', inRegion('eu', '1'))], ['overseas', 'wide']);
  });
  await t.test('a cluster that is gone from the inventory', async () => {
    const told = await tell(running, { remove: ['e'] });
    const { hub } = running;
    hub.delete({ apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ClusterProfile', namespace: 'fleet', name: 'e' });
    await check(running, told, [], ['wide']);
  });
});

async function tell({ hub }: RunningHub, flags: Partial<Flags>): Promise<TriedOut> {
  const none = { drain: [], unhealthy: [], remove: [], taint: [], capacity: [], label: [], add: [] };
  const changes = readChanges({ ...none, ...flags });
  assert.ok(changes.value, JSON.stringify(changes.problems));
  const told = await tryOut(offlineReader(hub), changes.value, hub.clock.now());
  return told.value ?? assert.fail(JSON.stringify(told.problems));
}

async function check(running: RunningHub, told: TriedOut, made: readonly KubeObject[], moving: readonly string[]) {
  const { composites, isSettled } = told;
  assert.equal(isSettled, true);
  const before = await placesOf(running);
  assert.deepEqual(clustersTold(composites, 'from'), clustersIn(before));
  await running.apply(made);
  const after = await placesOf(running);
  assert.deepEqual(clustersTold(composites, 'to'), clustersIn(after));
  assert.deepEqual(composites.flatMap(replicasTold).sort(), replicaChanges(before, after));
  const apps = composites.filter((each) => each.kind === 'App' && isMoving(each));
  assert.deepEqual(
    apps.map(({ name }) => name),
    moving,
  );
}

type Places = {
  readonly [composite: string]: { readonly [cluster: string]: { readonly [component: string]: number } };
};

async function placesOf({ hub }: RunningHub): Promise<Places> {
  const kinds = ['Tier', 'ComputeNamespace', 'App'];
  const objects = kinds.flatMap((kind) => hub.list({ apiVersion: 'crossply.dev/v1alpha1', kind }));
  const entries = objects.map(async (object) => {
    const { resources } = await observeComposite(offlineReader(hub), object);
    const { assigned } = whereaboutsOf(object, resources);
    const places = Object.fromEntries(assigned.map(({ cluster, replicas }) => [cluster, replicas]));
    return [`${object.kind} ${object.metadata.name}`, places] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function clustersIn(places: Places) {
  return Object.fromEntries(Object.entries(places).map(([key, clusters]) => [key, Object.keys(clusters)]));
}

function clustersTold(composites: readonly CompositeMove[], when: 'from' | 'to') {
  return Object.fromEntries(composites.map((each) => [`${each.kind} ${each.name}`, each[when]]));
}

/** On clusters that it is on already; what those that are joined get is told only where it differs between clusters. */
function replicasTold({ replicas, from: old }: CompositeMove): readonly string[] {
  return replicas
    .filter(({ cluster }) => old.includes(cluster))
    .map(({ component, cluster, from, to }) => `${component} on ${cluster} ${from} → ${to}`);
}

function replicaChanges(before: Places, after: Places): readonly string[] {
  const changes = Object.entries(after).flatMap(([composite, clusters]) =>
    Object.entries(clusters).flatMap(([cluster, replicas]) =>
      Object.entries(replicas).flatMap(([component, to]) => {
        const from = before[composite]?.[cluster]?.[component] ?? to;
        return from === to ? [] : [`${component} on ${cluster} ${from} → ${to}`];
      }),
    ),
  );
  return changes.sort();
}
