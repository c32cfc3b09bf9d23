import assert from 'node:assert/strict';
import test from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import { lockedMetadata } from './optimistic-lock.ts';
import { RunFunctionRequest, type State } from './proto.ts';

const resource = (metadata: JsonObject) => ({ resource: { apiVersion: 'v1', kind: 'Thing', metadata } });
const state = (composite: JsonObject, ...keys: readonly string[]) => ({
  composite: resource(composite),
  resources: Object.fromEntries(keys.map((key) => [key, resource({ name: key })])),
});

/** Returns what a step that composes `desired` says of the composite, given what core observed and what earlier steps desire. */
function lockOf(observed: ReturnType<typeof state>, desired: ReturnType<typeof state>): JsonObject {
  const request = RunFunctionRequest.fromPartial({ observed, desired });
  return lockedMetadata(request, (request.desired as State).resources);
}

test('a run that composes what is composed already is locked to the version that it saw', () => {
  const lock = lockOf(state({ name: 'one', resourceVersion: '7' }, 'a', 'b'), state({}, 'b', 'a'));
  assert.deepEqual(lock, { resourceVersion: '7' });
});

test('a run that composes more, less or something else is not, as core then makes another version itself', () => {
  const observed = state({ resourceVersion: '7' }, 'a', 'b');
  for (const keys of [['a'], ['a', 'b', 'c'], ['a', 'c']]) assert.deepEqual(lockOf(observed, state({}, ...keys)), {});
});

test('a step that composes more takes back the lock of the steps before it, and nothing else of theirs', () => {
  const before = state({ resourceVersion: '7', labels: { theirs: 'x' } }, 'a');
  assert.deepEqual(lockOf(state({ resourceVersion: '7' }), before), { labels: { theirs: 'x' } });
});

test('a composite from a file has no version', () => {
  assert.deepEqual(lockOf(state({ name: 'one' }, 'a'), state({}, 'a')), {});
});
