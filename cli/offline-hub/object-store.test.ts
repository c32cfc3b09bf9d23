import assert from 'node:assert/strict';
import test from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { asList, asObject } from './lenient-json.ts';
import { ObjectStore } from './object-store.ts';
import { VirtualClock } from './virtual-clock.ts';
import type { WatchEvent } from './watch-event.ts';

const ref = { apiVersion: 'test.dev/v1', kind: 'Widget', namespace: 'team', name: 'one' };

function widget(spec: JsonObject, metadata = {}): KubeObject {
  return { apiVersion: 'test.dev/v1', kind: 'Widget', metadata: { name: 'one', namespace: 'team', ...metadata }, spec };
}

function open() {
  const clock = new VirtualClock();
  const store = new ObjectStore('hub', clock, {
    admit: (object) => ({ value: object }),
    refuseWrite: () => undefined,
    refuseDelete: () => undefined,
  });
  const events: WatchEvent[] = [];
  store.watch((event) => events.push(event));
  return { clock, store, events };
}

test('what a manager stops applying disappears, what others own stays', () => {
  const { store } = open();
  store.apply(widget({ a: 1, b: { c: 2, d: 3 } }, { labels: { x: '1', y: '2' } }), 'one');
  store.apply(widget({ b: { d: 3, e: 4 } }, { labels: { z: '3' } }), 'two');
  store.apply(widget({ a: 1 }, { labels: { x: '1' } }), 'one');
  assert.deepEqual(store.get(ref)?.spec, { a: 1, b: { d: 3, e: 4 } });
  assert.deepEqual(store.get(ref)?.metadata.labels, { x: '1', z: '3' });
});

test('an apply without a difference is no event, and keeps the very same object', () => {
  const { store, events } = open();
  store.apply(widget({ a: { b: 1 } }), 'one');
  const before = store.get(ref);
  assert.equal(store.apply(widget({ a: { b: 1 } }), 'one').refusal, undefined);
  assert.equal(store.get(ref), before);
  assert.equal(events.length, 1);
});

test('a list is replaced as a whole unless its items have a key', () => {
  const { store } = open();
  store.apply(widget({ list: [1, 2], env: [{ name: 'A', value: '1' }] }), 'one');
  store.apply(widget({ list: [3], env: [{ name: 'B', value: '2' }] }), 'two');
  const both = [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ];
  assert.deepEqual(store.get(ref)?.spec, { list: [3], env: both });
  store.apply(widget({}), 'two');
  assert.deepEqual(asObject(store.get(ref)?.spec)['env'], [{ name: 'A', value: '1' }]);
});

test('the generation counts changes of the wanted state, not of metadata or status', () => {
  const { store } = open();
  const generation = () => store.get(ref)?.metadata.generation;
  store.apply(widget({ a: 1 }), 'one');
  store.applyStatus(ref, { phase: 'Done' }, 'core');
  store.apply(widget({ a: 1 }, { labels: { x: '1' } }), 'one');
  assert.equal(generation(), 1);
  store.apply(widget({ a: 2 }, { labels: { x: '1' } }), 'one');
  assert.equal(generation(), 2);
  assert.deepEqual(store.get(ref)?.status, { phase: 'Done' });
});

test('a status is applied like the rest: what is left out goes, what somebody else wrote stays', () => {
  const { store } = open();
  store.apply(widget({}), 'one');
  store.applyStatus(ref, { phase: 'Busy', note: 'x' }, 'core');
  store.update(
    ref,
    'forger',
    (object) => ({ ...object, status: { ...asObject(object.status), forged: true } }),
    'status',
  );
  store.applyStatus(ref, { phase: 'Done' }, 'core');
  assert.deepEqual(store.get(ref)?.status, { phase: 'Done', forged: true });
});

test('a status for a version that is no longer there is refused', () => {
  const { store } = open();
  store.apply(widget({}), 'one');
  const version = store.get(ref)?.metadata.resourceVersion;
  assert.equal(store.applyStatus(ref, { phase: 'Busy' }, 'core', version).refusal, undefined);
  assert.equal(store.applyStatus(ref, { phase: 'Done' }, 'core', version).refusal?.reason, 'Conflict');
  assert.deepEqual(store.get(ref)?.status, { phase: 'Busy' });
});

test('managedFields tell when each manager last changed something', () => {
  const { store, clock } = open();
  store.apply(widget({ a: 1 }), 'one');
  clock.advanceTo(clock.milliseconds + 60_000);
  store.apply(widget({ a: 1 }), 'one');
  const times = () => asList(store.get(ref)?.metadata['managedFields']).map((entry) => asObject(entry)['time']);
  assert.deepEqual(times(), ['2026-01-01T00:00:00Z']);
  store.apply(widget({ a: 2 }), 'one');
  assert.deepEqual(times(), ['2026-01-01T00:01:00Z']);
});

test('a deletion waits for finalizers, and is then an event like any other', () => {
  const { store, events } = open();
  store.apply(widget({}, { finalizers: ['keep'] }), 'one');
  store.delete(ref);
  assert.equal(store.get(ref)?.metadata.deletionTimestamp, '2026-01-01T00:00:00Z');
  assert.equal(store.get(ref)?.metadata.generation, 2);
  store.update(ref, 'x', (object) => ({ ...object, metadata: { ...object.metadata, finalizers: [] } }));
  assert.equal(store.get(ref), undefined);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['Added', 'Modified', 'Deleted'],
  );
});

test('a recreated object has another uid, and a uid precondition protects it', () => {
  const { store } = open();
  store.apply(widget({}), 'one');
  const uid = store.get(ref)?.metadata.uid;
  store.delete(ref);
  store.apply(widget({}), 'one');
  assert.notEqual(store.get(ref)?.metadata.uid, uid);
  assert.equal(store.delete(ref, 'Background', uid).refusal?.reason, 'Conflict');
});
