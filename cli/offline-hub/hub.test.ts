import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import { coreBreaker } from './circuit-breaker.ts';
import type { Faults } from './faults.ts';
import type { OfflineHub } from './hub.ts';
import type { HubOptions } from './hub-options.ts';
import { asObject } from './lenient-json.ts';
import { desire, type Script, startScriptedHub, thing, thingRef } from './scripted-hub.ts';

const clusters = ['eu1', 'eu2', 'us1', 'us2', 'us3'];

/** Delivers `count` manifests to every cluster through one child per Thing, with readiness and a TTL like a real function's. */
const deliver: Script = ({ observed, input }) => {
  const spec = observed?.composite?.resource?.['spec'];
  if (input?.['kind'] === 'Thing') {
    const part: KubeObject = {
      apiVersion: 'test.dev/v1',
      kind: 'Part',
      metadata: { name: `${spec.colour}-part` },
      spec: { values: spec.values },
    };
    const isReady = isTrue(observed?.resources['part']?.resource, 'Ready');
    return { resources: new Map([['part', { resource: part, ready: isReady }]]), ttlSeconds: isReady ? 3600 : 10 };
  }
  const resources = new Map(
    clusters
      .flatMap((cluster) =>
        manifests(spec.values.image, spec.values.count).map((manifest) => [cluster, manifest] as const),
      )
      .map(([cluster, manifest]) => {
        const name = `${cluster}-${manifest.kind.toLowerCase()}-${manifest.metadata.name}`;
        const ready =
          isTrue(observed?.resources[name]?.resource, 'Ready') && isTrue(observed?.resources[name]?.resource, 'Synced');
        return [name, { resource: wrap(name, cluster, manifest), ready }] as const;
      }),
  );
  const isReady = [...resources.values()].every(({ ready }) => ready);
  return { resources, status: { phase: isReady ? 'Done' : 'Busy' }, ttlSeconds: isReady ? 3600 : 10 };
};

function isTrue(resource: { [key: string]: unknown } | undefined, type: string): boolean {
  const status = resource?.['status'] as { conditions?: { type: string; status: string }[] } | undefined;
  return status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') === true;
}

function manifests(image: string, count: number): KubeObject[] {
  const metadata = (name: string) => ({ name, namespace: 'app' });
  const template = { spec: { containers: [{ name: 'main', image }] } };
  const workloads = Array.from(
    { length: count - 1 },
    (_, index): KubeObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(`web-${index}`),
      spec: { replicas: 2, template },
    }),
  );
  return [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'app' } }, ...workloads];
}

function wrap(name: string, cluster: string, manifest: KubeObject): KubeObject {
  const celQuery =
    'has(object.status.updatedReplicas) && has(object.status.availableReplicas) && object.status.observedGeneration == object.metadata.generation && object.status.updatedReplicas == object.spec.replicas && object.status.availableReplicas == object.spec.replicas';
  const isWorkload = manifest.kind === 'Deployment';
  return {
    apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
    kind: 'Object',
    metadata: { name },
    spec: {
      forProvider: { manifest },
      providerConfigRef: { kind: 'ClusterProviderConfig', name: cluster },
      ...(isWorkload && { readiness: { policy: 'DeriveFromCelQuery', celQuery }, watch: true }),
    },
  };
}

async function start(t: TestContext, options: Partial<HubOptions> = {}) {
  const { hub, stop } = await startScriptedHub(deliver, options);
  t.after(stop);
  for (const cluster of clusters) hub.addMember(cluster);
  return hub;
}

const app = (image: string, count = 3) => thing('app', { values: { image, count } });
const isDone = (hub: OfflineHub) =>
  asObject(hub.get({ ...thingRef('grey-part'), kind: 'Part' })?.status)['phase'] === 'Done';
const images = (hub: OfflineHub) =>
  [...hub.members.values()].flatMap(({ store }) =>
    store.index
      .list({ apiVersion: 'apps/v1', kind: 'Deployment' })
      .map(({ spec }) => JSON.stringify(spec).match(/"image":"([^"]+)"/)?.[1]),
  );

test('a tree of 12 manifests on 5 clusters converges, quickly', async (t) => {
  const hub = await start(t);
  const before = process.cpuUsage();
  hub.apply(app('web:1', 12));
  const run = await hub.runUntilSettled();
  const { user, system } = process.cpuUsage(before);
  t.diagnostic(
    `${run.steps} steps, ${hub.passes.length} passes, ${run.virtualSeconds} virtual s, ${(user + system) / 1e6} CPU s`,
  );
  assert.equal(run.isSettled, true);
  assert.equal(isDone(hub), true);
  assert.deepEqual(new Set(images(hub)), new Set(['web:1']));
  assert.ok((user + system) / 1e6 < 2);
});

const roughSides: { readonly [name: string]: { readonly faults?: Faults; readonly breaker?: typeof coreBreaker } } = {
  'nothing wrong': {},
  'lost events': { faults: { dropEvents: 0.9 } },
  'the circuit breaker': { breaker: coreBreaker },
  'any order of applying': { faults: { shuffleApplyOrder: true } },
  'repeated calls': { faults: { repeatCalls: 0.5 } },
  'a cache that lags': { faults: { staleCalls: 0.3 } },
  'restarts of core': { faults: { coldSeeds: 0.3 } },
  'a provider that only polls': { faults: { pollOnly: true } },
};

for (const [name, options] of Object.entries(roughSides)) {
  test(`with ${name} it converges all the same, and the same way with the same seed`, async (t) => {
    const run = async () => {
      const hub = await start(t, { ...options, seed: 7 });
      hub.apply(app('web:1'));
      await hub.runFor(60);
      hub.apply(app('web:2'));
      await hub.runFor(2 * 3600);
      await hub.runUntilSettled();
      return hub;
    };
    const first = await run();
    const second = await run();
    assert.deepEqual(second.journal.changes, first.journal.changes);
    assert.deepEqual(second.journal.events, first.journal.events);
    assert.deepEqual(first.findings, []);
    assert.equal(isDone(first), true);
    assert.deepEqual(new Set(images(first)), new Set(['web:2']));
  });
}

test('another seed takes another way', async (t) => {
  const run = async (seed: number) => {
    const hub = await start(t, { faults: { shuffleApplyOrder: true }, seed });
    hub.apply(app('web:1'));
    await hub.runFor(60);
    return hub.journal.changes.map(({ at, key, type }) => `${at} ${key} ${type}`).join('\n');
  };
  assert.notEqual(await run(1), await run(2));
});

test('a function that answers the same request in two ways is found out', async (t) => {
  let count = 0;
  const { hub, stop } = await startScriptedHub(() => ({ status: { note: String(count++) } }), {
    faults: { repeatCalls: 1 },
  });
  t.after(stop);
  hub.apply(thing('one'));
  await hub.reconcile(thingRef('one'));
  assert.deepEqual(hub.findings, ['Thing one: step Thing answered the same request with another desired']);
});

test('removing what is on a member that is down: the composite is ready without it, and adopting it again loses it for a while', async (t) => {
  const resources = { now: true };
  const manifest: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'app' } };
  const { hub, stop } = await startScriptedHub(() => ({
    resources: resources.now ? desire({ a: wrap('a', 'eu1', manifest) }) : new Map(),
  }));
  t.after(stop);
  const member = hub.addMember('eu1');
  const uid = () => member.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'app' })?.metadata.uid;
  const object = () => hub.list({ apiVersion: 'kubernetes.m.crossplane.io/v1alpha1', kind: 'Object' })[0];
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  const before = uid();
  assert.ok(before);
  hub.setMemberDown('eu1', true);
  resources.now = false;
  await hub.reconcile(thingRef('one'));
  await hub.runUntilSettled();
  assert.notEqual(object()?.metadata.deletionTimestamp, undefined);
  assert.equal(object()?.metadata.labels?.['crossplane.io/composite'], undefined);
  resources.now = true;
  await hub.reconcile(thingRef('one'));
  assert.notEqual(object()?.metadata.deletionTimestamp, undefined);
  hub.setMemberDown('eu1', false);
  await hub.runUntilSettled();
  assert.ok(uid());
  assert.notEqual(uid(), before);
  assert.equal(object()?.metadata.deletionTimestamp, undefined);
});
