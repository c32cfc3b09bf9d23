import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { findCondition } from '../../functions/kube/object.ts';
import type { ResourceSelector } from '../../functions/runtime/composition-function.ts';
import type { RunFunctionRequest } from '../../functions/runtime/proto.ts';
import type { HubOptions } from './hub-options.ts';
import { asObject } from './lenient-json.ts';
import { configMap, type Script, startScriptedHub, thing, thingRef } from './scripted-hub.ts';

const byName: ResourceSelector = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'other', match: { name: 'wanted' } };
const byLabel: ResourceSelector = { apiVersion: 'v1', kind: 'ConfigMap', match: { labels: { team: 'blue' } } };

const elsewhere = (name: string, labels: { readonly [key: string]: string } = {}, data = {}) => ({
  ...configMap(name, data),
  metadata: { name, namespace: 'other', labels },
});

async function start(t: TestContext, script: Script, options: Partial<HubOptions> = {}) {
  const scripted = await startScriptedHub(script, options);
  t.after(scripted.stop);
  scripted.hub.apply(thing('one'));
  return scripted;
}

const names = (request: RunFunctionRequest | undefined, requirement: string) =>
  request?.requiredResources[requirement]?.items.map(({ resource }) => resource?.['metadata'].name);

test('a requirement takes two calls at first and one in the next pass, which is seeded with it', async (t) => {
  const { hub, requests } = await start(t, () => ({ requirements: { wanted: byName } }));
  hub.apply(elsewhere('wanted'));
  await hub.reconcile(thingRef('one'));
  assert.deepEqual(
    requests.map((request) => names(request, 'wanted')),
    [undefined, ['wanted']],
  );
  await hub.reconcile(thingRef('one'));
  assert.deepEqual(names(requests[2], 'wanted'), ['wanted']);
  assert.equal(requests.length, 3);
});

test('a name that is not found is an entry without items', async (t) => {
  const { hub, requests } = await start(t, () => ({ requirements: { wanted: byName } }));
  await hub.reconcile(thingRef('one'));
  assert.deepEqual(names(requests[1], 'wanted'), []);
});

test('a chain of requirements is followed, and its context is carried from call to call', async (t) => {
  const { hub, requests } = await start(t, (request) => {
    const isFound = names(request, 'wanted') !== undefined;
    const count = Number(request.context?.['calls'] ?? 0) + 1;
    return {
      requirements: isFound ? { wanted: byName, more: byLabel } : { wanted: byName },
      context: { calls: count },
    };
  });
  hub.apply(elsewhere('wanted'));
  hub.apply(elsewhere('b', { team: 'blue' }));
  hub.apply(elsewhere('a', { team: 'blue' }));
  const { result } = await hub.reconcile(thingRef('one'));
  assert.deepEqual(names(requests[2], 'more'), ['a', 'b']);
  assert.equal(result?.context['calls'], 3);
});

test('requirements that never settle fail the step after six calls', async (t) => {
  let calls = 0;
  const { hub } = await start(t, () => ({ requirements: { [`wanted-${calls++}`]: byName } }));
  const pass = await hub.reconcile(thingRef('one'));
  assert.equal(calls, 6);
  assert.match(pass.message ?? '', /requirements didn't stabilize after the maximum number of iterations \(5\)/);
});

test('a fatal result ends the loop at once', async (t) => {
  const { hub, requests } = await start(t, () => ({ requirements: { wanted: byName }, fatal: 'not yet' }));
  await hub.reconcile(thingRef('one'));
  assert.equal(requests.length, 1);
});

test('a required kind that is not installed fails the step', async (t) => {
  const { hub } = await start(t, () => ({ requirements: { wanted: byName } }), { missingKinds: ['v1/ConfigMap'] });
  const pass = await hub.reconcile(thingRef('one'));
  assert.match(pass.message ?? '', /cannot list required resources: no matches for kind "ConfigMap" in version "v1"/);
});

test('a required object triggers its composite when it comes, changes, or stops to match', async (t) => {
  const { hub, requests } = await start(t, () => ({ requirements: { named: byName, blue: byLabel } }));
  await hub.runUntilSettled();
  const seen = async () => {
    await hub.runUntilSettled();
    return [names(requests.at(-1), 'named'), names(requests.at(-1), 'blue')];
  };
  hub.apply(elsewhere('wanted'));
  assert.deepEqual(await seen(), [['wanted'], []]);
  hub.apply(elsewhere('other', { team: 'blue' }));
  assert.deepEqual(await seen(), [['wanted'], ['other']]);
  hub.apply(elsewhere('other', { team: 'red' }));
  assert.deepEqual(await seen(), [['wanted'], []]);
  const calls = requests.length;
  hub.apply(elsewhere('unrelated', { team: 'red' }));
  await hub.runUntilSettled();
  assert.equal(requests.length, calls);
});

test('nothing is watched after a first pass that was fatal', async (t) => {
  const { hub, requests } = await start(t, () => ({ requirements: { wanted: byName }, fatal: 'no' }));
  await hub.reconcile(thingRef('one'));
  await hub.runFor(0.5);
  const calls = requests.length;
  hub.apply(elsewhere('wanted'));
  await hub.runFor(0.3);
  assert.equal(requests.length, calls);
});

test('a cold start comes without seeds', async (t) => {
  const { hub, requests } = await start(t, () => ({ requirements: { wanted: byName } }), { faults: { coldSeeds: 1 } });
  hub.apply(elsewhere('wanted'));
  await hub.reconcile(thingRef('one'));
  await hub.reconcile(thingRef('one'));
  assert.equal(names(requests[2], 'wanted'), undefined);
  assert.equal(requests.length, 4);
});

test('a stale pass sees what was, and is called a conflict when it would delete by it', async (t) => {
  let keep = true;
  const { hub } = await start(
    t,
    () => ({
      ...(keep && { resources: new Map([['a', { resource: configMap('a', { x: '1' }), ready: true }]]) }),
    }),
    { faults: { staleCalls: 1 }, seed: 3 },
  );
  await hub.runFor(10);
  hub.store.update({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name: 'a' }, 'x', (object) => ({
    ...object,
    data: { x: '2' },
  }));
  keep = false;
  const { outcome } = await hub.reconcile(thingRef('one'));
  assert.equal(outcome, 'Conflict');
});

test('what a stale pass missed is seen by the next one', async (t) => {
  const { hub } = await start(
    t,
    (request) => ({
      requirements: { wanted: byName },
      status: { note: String(request.requiredResources['wanted']?.items[0]?.resource?.['data']?.value) },
    }),
    { faults: { staleCalls: 1 } },
  );
  hub.apply(elsewhere('wanted', {}, { value: 'old' }));
  await hub.runUntilSettled();
  hub.apply(elsewhere('wanted', {}, { value: 'new' }));
  await hub.runUntilSettled();
  assert.equal(asObject(hub.get(thingRef('one'))?.status)['note'], 'new');
});

test('a pass that began with an outdated composite sets nothing back, and the next one is in time', async (t) => {
  let ready = false;
  const { hub } = await start(t, () => ({ status: {}, ready }), { faults: { staleCalls: 1 } });
  await hub.runFor(60);
  ready = true;
  await hub.reconcile(thingRef('one'));
  const { outcome } = await hub.reconcile(thingRef('one'));
  assert.equal(outcome, 'Conflict');
  const isReady = () => findCondition(hub.get(thingRef('one')) ?? thing('one'), 'Ready')?.status;
  assert.equal(isReady(), 'True');
  await hub.runFor(60);
  assert.deepEqual(hub.failures(), []);
  assert.equal(isReady(), 'True');
});
