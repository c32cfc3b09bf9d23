import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import type { FunctionResponse } from '../../functions/runtime/composition-function.ts';
import { asList, asObject } from './lenient-json.ts';
import { configMap, desire, type Script, startScriptedHub, thing, thingRef } from './scripted-hub.ts';

const configMapRef = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name });

async function start(t: TestContext, script: Script) {
  const scripted = await startScriptedHub(script);
  t.after(scripted.stop);
  return scripted;
}

/** A hub whose function answers what the test says last. */
async function startWith(t: TestContext, first: FunctionResponse) {
  const answer = { now: first };
  const { hub, requests } = await start(t, () => answer.now);
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  const poke = async (next: FunctionResponse) => {
    answer.now = next;
    await hub.reconcile(thingRef('one'));
  };
  return { hub, requests, poke };
}

test('a resource that is no longer desired is deleted, by its key, and loses the label of its composite', async (t) => {
  const { hub, poke } = await startWith(t, { resources: desire({ a: configMap('a'), b: configMap('b') }) });
  await poke({ resources: desire({ a: configMap('a') }) });
  const leaving = hub.get(configMapRef('b'));
  assert.notEqual(leaving?.metadata.deletionTimestamp, undefined);
  assert.equal(leaving?.metadata.labels?.['crossplane.io/composite'], undefined);
  assert.equal(asList(asObject(asObject(hub.get(thingRef('one'))?.spec)['crossplane'])['resourceRefs']).length, 1);
  await hub.runUntilSettled();
  assert.equal(hub.get(configMapRef('b')), undefined);
});

test('another key for the same object deletes it and makes it again', async (t) => {
  const { hub, poke } = await startWith(t, { resources: desire({ a: configMap('same') }) });
  const before = hub.get(configMapRef('same'));
  await poke({ resources: desire({ b: configMap('same') }) });
  await hub.runUntilSettled();
  const after = hub.get(configMapRef('same'));
  assert.notEqual(after, undefined);
  assert.notEqual(after?.metadata.uid, before?.metadata.uid);
});

test('another name under the same key is ignored', async (t) => {
  const { hub, poke } = await startWith(t, { resources: desire({ a: configMap('first') }) });
  await poke({ resources: desire({ a: configMap('second', { x: '1' }) }) });
  assert.deepEqual(hub.get(configMapRef('first'))?.['data'], { x: '1' });
  assert.equal(hub.get(configMapRef('second')), undefined);
});

test('a resource without a name gets one from the composite, its uid and the key, and keeps it', async (t) => {
  const nameless: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} };
  const { hub, poke } = await startWith(t, { resources: desire({ a: nameless }) });
  const names = () => hub.list({ apiVersion: 'v1', kind: 'ConfigMap' }).map(({ metadata }) => metadata.name ?? '');
  const [name = ''] = names();
  assert.match(name, /^one-[0-9a-f]{12}$/);
  await poke({ resources: desire({ a: nameless }) });
  assert.deepEqual(names(), [name]);
});

test('a fatal result freezes everything: no apply, no deletion, no status; unseen conditions become Unknown', async (t) => {
  const seen = { type: 'Seen', status: 'True', reason: 'Yes' } as const;
  const first = {
    resources: desire({ a: configMap('a') }),
    status: { phase: 'Done' },
    conditions: [seen, { ...seen, type: 'Own' }],
  };
  const { hub, poke } = await startWith(t, first);
  await poke({ resources: desire({ b: configMap('b') }), status: {}, conditions: [seen], fatal: 'no way' });
  const composite = hub.get(thingRef('one'));
  assert.ok(composite);
  assert.equal(hub.get(configMapRef('a'))?.metadata.deletionTimestamp, undefined);
  assert.equal(hub.get(configMapRef('b')), undefined);
  assert.equal(asObject(composite.status)['phase'], 'Done');
  assert.equal(findCondition(composite, 'Ready')?.status, 'True');
  assert.equal(findCondition(composite, 'Seen')?.status, 'True');
  assert.equal(findCondition(composite, 'Own')?.reason, 'FatalError');
  const synced = findCondition(composite, 'Synced');
  assert.equal(synced?.reason, 'ReconcileError');
  assert.equal(synced?.message, 'cannot compose resources: pipeline step "run" returned a fatal result: no way');
});

test('the status is the full intent of the function: a field it leaves out goes', async (t) => {
  const { hub, poke } = await startWith(t, { status: { phase: 'Busy', note: 'x' } });
  await poke({ status: { phase: 'Done' } });
  const { phase, note } = asObject(hub.get(thingRef('one'))?.status);
  assert.deepEqual([phase, note], ['Done', undefined]);
});

test('only a resource that the function calls ready counts; its word about the composite overrides them', async (t) => {
  const resources = new Map([['a', { resource: configMap('a') }]]);
  const { hub, poke } = await startWith(t, { resources });
  const ready = () => findCondition(hub.get(thingRef('one')) ?? thing('one'), 'Ready');
  assert.equal(ready()?.message, 'Unready resources: a');
  await poke({ resources, ready: true });
  assert.equal(ready()?.status, 'True');
  await poke({ resources: desire({ a: configMap('a') }), ready: false });
  assert.equal(ready()?.status, 'False');
});

test('a cluster-scoped resource fails the whole pass', async (t) => {
  const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } };
  const { hub } = await startWith(t, { resources: desire({ a: configMap('a'), n: namespace }) });
  assert.match(hub.failures()[0]?.message ?? '', /cannot apply cluster scoped composed resource "n"/);
  assert.equal(hub.get(configMapRef('a')), undefined);
});

test('a foreign namespace is overwritten with a warning', async (t) => {
  const elsewhere: KubeObject = { ...configMap('a'), metadata: { name: 'a', namespace: 'other' } };
  const { hub } = await startWith(t, { resources: desire({ a: elsewhere }) });
  assert.ok(hub.get(configMapRef('a')));
  assert.ok(hub.journal.events.some(({ reason }) => reason === 'NamespaceOverridden'));
});

test('a resource that the API server calls invalid leaves the others alone', async (t) => {
  const bad: KubeObject = { apiVersion: 'test.dev/v1', kind: 'Part', metadata: { name: 'bad' }, spec: { colour: 7 } };
  const { hub } = await startWith(t, { resources: desire({ bad, a: configMap('a') }) });
  assert.ok(hub.get(configMapRef('a')));
  const synced = findCondition(hub.get(thingRef('one')) ?? thing('one'), 'Synced');
  assert.equal(synced?.message, 'Unsynced resources: bad');
});

test('a child composite keeps what core wrote into its spec', async (t) => {
  const part: KubeObject = { apiVersion: 'test.dev/v1', kind: 'Part', metadata: { name: 'child' }, spec: { size: 1 } };
  const { hub } = await start(t, ({ input }) =>
    input?.['kind'] === 'Thing' ? { resources: desire({ part }) } : { resources: desire({ leaf: configMap('leaf') }) },
  );
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  await hub.reconcile(thingRef('one'));
  const child = hub.get({ ...thingRef('child'), kind: 'Part' });
  assert.equal(asList(asObject(asObject(child?.spec)['crossplane'])['resourceRefs']).length, 1);
  assert.equal(hub.get(configMapRef('leaf'))?.metadata.labels?.['crossplane.io/composite'], 'one');
});

test('a foreground deletion keeps every level until the last object below it is gone', async (t) => {
  const part: KubeObject = { apiVersion: 'test.dev/v1', kind: 'Part', metadata: { name: 'child' }, spec: {} };
  const leaf: KubeObject = { ...configMap('leaf'), metadata: { name: 'leaf', finalizers: ['slow'] } };
  const { hub } = await start(t, ({ input }) => ({
    resources: desire(input?.['kind'] === 'Thing' ? { part } : { leaf }),
  }));
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  hub.delete(thingRef('one'), 'Foreground');
  await hub.runFor(10);
  const child = () => hub.get({ ...thingRef('child'), kind: 'Part' });
  assert.notEqual(child()?.metadata.deletionTimestamp, undefined);
  assert.ok(hub.get(thingRef('one')));
  hub.store.update(configMapRef('leaf'), 'slow', (object) => ({
    ...object,
    metadata: { ...object.metadata, finalizers: [] },
  }));
  await hub.runUntilSettled();
  assert.deepEqual([child(), hub.get(thingRef('one'))], [undefined, undefined]);
});

test('deleting a composite calls no function and takes all it composed with it', async (t) => {
  const { hub, requests } = await startWith(t, { resources: desire({ a: configMap('a') }) });
  const calls = requests.length;
  assert.deepEqual(hub.delete(thingRef('one')), []);
  await hub.runUntilSettled();
  assert.equal(hub.get(thingRef('one')), undefined);
  assert.equal(hub.get(configMapRef('a')), undefined);
  assert.equal(requests.length, calls);
});

test('a paused composite calls no function', async (t) => {
  const { hub, requests } = await start(t, () => ({}));
  const { metadata, ...rest } = thing('one');
  hub.apply({ ...rest, metadata: { ...metadata, annotations: { 'crossplane.io/paused': 'true' } } });
  await hub.runUntilSettled();
  assert.equal(requests.length, 0);
  assert.equal(findCondition(hub.get(thingRef('one')) ?? thing('one'), 'Synced')?.reason, 'ReconcilePaused');
});

test('a resource that another composite controls is not touched', async (t) => {
  const { hub } = await start(t, ({ observed }) => ({
    resources: desire({ a: configMap('shared', { by: String(observed?.composite?.resource?.['metadata'].name) }) }),
  }));
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  hub.apply(thing('two'));
  await hub.runUntilSettled();
  assert.deepEqual(hub.get(configMapRef('shared'))?.['data'], { by: 'one' });
  assert.equal(findCondition(hub.get(thingRef('two')) ?? thing('two'), 'Synced')?.message, 'Unsynced resources: a');
});

test('an answer above 4 MiB fails the step, as the transport of core does', async (t) => {
  const big = configMap('big', { text: 'x'.repeat(4.5 * 1024 * 1024) });
  const { hub } = await startWith(t, { resources: desire({ big }) });
  assert.match(hub.failures()[0]?.message ?? '', /cannot run Composition pipeline step "run": .*too large/);
});

test('a function that does not run fails the pass in clear words', async (t) => {
  const scripted = await startScriptedHub(() => ({}), { functions: { 'function-script': '127.0.0.1:1' } });
  t.after(scripted.stop);
  scripted.hub.apply(thing('one'));
  await scripted.hub.reconcile(thingRef('one'));
  assert.match(scripted.hub.failures()[0]?.message ?? '', /no function can be reached at 127\.0\.0\.1:1/);
});
