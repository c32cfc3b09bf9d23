import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { findCondition } from '../../functions/kube/object.ts';
import { coreBreaker } from './circuit-breaker.ts';
import type { HubOptions } from './hub-options.ts';
import { asObject } from './lenient-json.ts';
import { configMap, desire, type Script, startScriptedHub, thing, thingRef } from './scripted-hub.ts';

async function start(t: TestContext, script: Script, options: Partial<HubOptions> = {}) {
  const scripted = await startScriptedHub(script, options);
  t.after(scripted.stop);
  return scripted;
}

test('the shortest TTL brings the next pass when nothing else does', async (t) => {
  const { hub, requests } = await start(t, () => ({ ttlSeconds: 10 }));
  hub.apply(thing('one'));
  await hub.runFor(1);
  const calls = requests.length;
  await hub.runFor(8);
  assert.equal(requests.length, calls);
  await hub.runFor(2);
  assert.equal(requests.length, calls + 1);
  const run = await hub.runUntilSettled({ maxVirtualSeconds: 60 });
  assert.deepEqual([run.isSettled, run.pending.length], [false, 1]);
});

test('without a TTL, or with an hour, a composite comes to rest', async (t) => {
  const { hub } = await start(t, ({ observed }) =>
    observed?.composite?.resource?.['metadata'].name === 'one' ? {} : { ttlSeconds: 3600 },
  );
  hub.apply(thing('one'));
  hub.apply(thing('two'));
  const { isSettled, virtualSeconds } = await hub.runUntilSettled();
  assert.equal(isSettled, true);
  assert.ok(virtualSeconds < 1);
});

test('a status that differs in every call makes the composite trigger itself', async (t) => {
  let count = 0;
  const { hub, requests } = await start(t, () => ({ status: { note: String(count++) }, ttlSeconds: 3600 }));
  hub.apply(thing('one'));
  await hub.runFor(2);
  assert.ok(requests.length > 30);
});

test('an annotation that asks for a pass gets one', async (t) => {
  const { hub, requests } = await start(t, () => ({ ttlSeconds: 3600 }));
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  const calls = requests.length;
  const poked = thing('one');
  hub.apply({
    ...poked,
    metadata: { ...poked.metadata, annotations: { 'crossplane.io/reconcile-requested-at': 'now' } },
  });
  await hub.runUntilSettled();
  assert.equal(requests.length, calls + 1);
});

test('a composed object that somebody changes is put right', async (t) => {
  const { hub } = await start(t, () => ({ resources: desire({ a: configMap('a', { x: '1' }) }), ttlSeconds: 3600 }));
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name: 'a' };
  hub.store.update(ref, 'somebody', (object) => ({ ...object, data: { x: '2' } }));
  await hub.runUntilSettled();
  assert.deepEqual(hub.get(ref)?.['data'], { x: '1' });
});

test('failures are retried with delays that double up to 30 s, and the run ends when they repeat', async (t) => {
  const times: number[] = [];
  const { hub } = await start(t, () => {
    times.push(hub.clock.milliseconds);
    return { fatal: 'no' };
  });
  hub.apply(thing('one'));
  const { isSettled } = await hub.runUntilSettled();
  assert.equal(isSettled, true);
  const gaps = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1000);
  assert.deepEqual(gaps.slice(-3), [4, 8, 16]);
});

test('an open circuit breaker swallows the edit of the composite itself until the TTL', async (t) => {
  const sizes: unknown[] = [];
  const maps = Array.from({ length: 40 }, (_, index) => [`map-${index}`, configMap(`map-${index}`)] as const);
  const { hub } = await start(
    t,
    ({ observed }) => {
      sizes.push(observed?.composite?.resource?.['spec'].size);
      return { resources: desire(Object.fromEntries(maps)), ttlSeconds: 600 };
    },
    { breaker: coreBreaker },
  );
  hub.apply(thing('one', { size: 1 }));
  await hub.runUntilSettled();
  for (const { metadata } of hub.list({ apiVersion: 'v1', kind: 'ConfigMap' })) {
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name: metadata.name ?? '' };
    for (const value of ['a', 'b']) hub.store.update(ref, 'somebody', (object) => ({ ...object, data: { value } }));
  }
  await hub.runFor(5);
  const responsive = findCondition(hub.get(thingRef('one')) ?? thing('one'), 'Responsive');
  assert.deepEqual([responsive?.status, responsive?.reason], ['False', 'WatchCircuitOpen']);
  hub.apply(thing('one', { size: 2 }));
  await hub.runFor(20);
  assert.equal(sizes.at(-1), 1);
  await hub.runFor(600);
  assert.equal(sizes.at(-1), 2);
});

test('an open circuit breaker stays open while nothing happens, until the hourly resync', async (t) => {
  const { hub } = await start(t, () => ({ ttlSeconds: 60 }), { breaker: { ...coreBreaker, burst: 5 } });
  hub.apply(thing('one'));
  const responsive = () => findCondition(hub.get(thingRef('one')) ?? thing('one'), 'Responsive')?.status;
  await hub.runFor(1800);
  assert.equal(responsive(), 'False');
  await hub.runFor(1900);
  assert.equal(responsive(), 'True');
});

test('a new Composition is used at once', async (t) => {
  const { hub } = await start(t, ({ input }) => ({ status: { note: String(input?.['kind']) } }));
  hub.apply(thing('one'));
  await hub.runUntilSettled();
  const ref = { apiVersion: 'apiextensions.crossplane.io/v1', kind: 'Composition', name: 'things.test.dev' };
  const composition = hub.get(ref);
  assert.ok(composition);
  const step = {
    step: 'run',
    functionRef: { name: 'function-script' },
    input: { apiVersion: 'test.dev/v1', kind: 'Newer' },
  };
  hub.apply({
    ...composition,
    spec: { compositeTypeRef: { apiVersion: 'test.dev/v1', kind: 'Thing' }, mode: 'Pipeline', pipeline: [step] },
  });
  await hub.runUntilSettled();
  assert.equal(asObject(hub.get(thingRef('one'))?.status)['note'], 'Newer');
});
