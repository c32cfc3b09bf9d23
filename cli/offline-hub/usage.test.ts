import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import { configMap, desire, startScriptedHub, thing, thingRef } from './scripted-hub.ts';

const usageRef = { apiVersion: 'protection.crossplane.io/v1beta1', kind: 'Usage', namespace: 'team', name: 'keep' };

function usage(spec: JsonObject): KubeObject {
  return { apiVersion: usageRef.apiVersion, kind: 'Usage', metadata: { name: 'keep', namespace: 'team' }, spec };
}

const ofThing = { apiVersion: 'test.dev/v1', kind: 'Thing', resourceRef: { name: 'one' } };

interface Wanted {
  isProtected: boolean;
  hasSecond?: boolean;
  version?: string;
}

async function start(t: TestContext, wanted: Wanted = { isProtected: false }) {
  const scripted = await startScriptedHub(() => ({
    resources: desire({
      a: configMap('a', { version: wanted.version ?? '1' }),
      ...(wanted.hasSecond && { b: configMap('b') }),
      ...(wanted.isProtected && { keep: usage({ of: ofThing, reason: 'runs in 3 clusters' }) }),
    }),
  }));
  t.after(scripted.stop);
  scripted.hub.apply(thing('one'));
  await scripted.hub.runUntilSettled();
  return scripted.hub;
}

test('a Usage refuses the deletion of what it protects, with its reason', async (t) => {
  const hub = await start(t, { isProtected: true });
  const [problem] = hub.delete(thingRef('one'));
  assert.match(
    problem?.message ?? '',
    /in-use by 1 usage\(s\), including the \*v1beta1.Usage "keep" \(in namespace "team"\) with reason: "runs in 3 clusters"/,
  );
  assert.equal(hub.get(thingRef('one'))?.metadata.deletionTimestamp, undefined);
});

test('a composite that composed its own Usage can be deleted once the function drops it', async (t) => {
  const wanted = { isProtected: true };
  const hub = await start(t, wanted);
  wanted.isProtected = false;
  await hub.reconcile(thingRef('one'));
  await hub.runUntilSettled();
  assert.equal(hub.get(thingRef('one'))?.metadata.labels?.['crossplane.io/in-use'], undefined);
  assert.deepEqual(hub.delete(thingRef('one')), []);
  await hub.runUntilSettled();
  assert.equal(hub.get(thingRef('one')), undefined);
});

test('a Usage protects from the moment its controller has seen it, not before', async (t) => {
  const hub = await start(t);
  hub.apply(usage({ of: { apiVersion: 'v1', kind: 'ConfigMap', resourceRef: { name: 'b' } }, reason: 'x' }));
  hub.apply({ ...configMap('b'), metadata: { name: 'b', namespace: 'team' } });
  assert.deepEqual(hub.delete({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name: 'b' }), []);
});

test('a composed resource in use cannot be collected: nothing is applied, and core retries without a word', async (t) => {
  const wanted = { isProtected: false, hasSecond: true, version: '1' };
  const hub = await start(t, wanted);
  hub.apply(usage({ of: { apiVersion: 'v1', kind: 'ConfigMap', resourceRef: { name: 'b' } }, reason: 'x' }));
  await hub.runUntilSettled();
  const events = hub.journal.events.length;
  Object.assign(wanted, { hasSecond: false, version: '2' });
  const { outcome } = await hub.reconcile(thingRef('one'));
  assert.equal(outcome, 'Conflict');
  assert.equal(hub.journal.events.length, events);
  const map = (name: string) => hub.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name });
  assert.deepEqual(map('a')?.['data'], { version: '1' });
  assert.equal(map('b')?.metadata.deletionTimestamp, undefined);
  const synced = findCondition(hub.get(thingRef('one')) ?? thing('one'), 'Synced');
  assert.equal(synced?.status, 'True');
});

test('a Usage by something goes with it', async (t) => {
  const hub = await start(t);
  hub.apply(thing('user'));
  await hub.runUntilSettled();
  hub.apply(usage({ of: ofThing, by: { apiVersion: 'test.dev/v1', kind: 'Thing', resourceRef: { name: 'user' } } }));
  await hub.runUntilSettled();
  assert.match(hub.delete(thingRef('one'))[0]?.message ?? '', /by resource Thing\/user/);
  hub.delete(thingRef('user'));
  await hub.runUntilSettled();
  assert.equal(hub.get(usageRef), undefined);
  assert.deepEqual(hub.delete(thingRef('one')), []);
});
