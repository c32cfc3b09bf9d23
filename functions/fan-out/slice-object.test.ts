import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import type { DesiredSlice } from './fill-slices.ts';
import { isReady, sliceObject } from './slice-object.ts';

const owner = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'shop' };
const clusterSet = { namespace: 'platform', name: 'eu' };
const now = Date.UTC(2026, 0, 1, 1);
const annotation = 'crossplane.io/reconcile-requested-at';

function slice(facts: { seen?: number; writtenSecondsAgo?: number; annotated?: string } = {}): DesiredSlice {
  const { seen = 1, writtenSecondsAgo = 60, annotated } = facts;
  const time = new Date(now - writtenSecondsAgo * 1000).toISOString();
  const object: KubeObject = {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'AssignmentSlice',
    metadata: {
      name: 'app-shop-eu-0',
      generation: 2,
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{ manager: 'apiextensions.crossplane.io/composed/abc', time }],
      ...(annotated !== undefined && { annotations: { [annotation]: annotated } }),
    },
    status: {
      conditions: [{ type: 'Synced', status: 'True', reason: 'R', observedGeneration: seen, lastTransitionTime: time }],
    },
  };
  return {
    key: 'slice/platform/eu/0',
    clusterSet,
    assignments: [],
    observed: { key: 'slice/platform/eu/0', name: 'app-shop-eu-0', clusterSet, object, entries: [] },
  };
}

const pokeOf = (each: DesiredSlice, at = now) => sliceObject(owner, each, at).metadata.annotations?.[annotation];

test('a new slice is named after its composite and its place, an existing one keeps its name', () => {
  const fresh: DesiredSlice = { key: 'slice/platform/eu/3', clusterSet, assignments: [] };
  assert.match(sliceObject(owner, fresh, now).metadata.name ?? '', /^app-shop-platform-eu-3-[0-9a-f]{8}$/);
  assert.equal(sliceObject(owner, slice(), now).metadata.name, 'app-shop-eu-0');
});

describe('a slice that core has not looked at since it was written', () => {
  test('is poked after half a minute, with a value that is new every half minute', () => {
    const first = pokeOf(slice({ writtenSecondsAgo: 31 }));
    assert.match(first ?? '', /^[0-9a-f]{10}-\d+$/);
    assert.equal(pokeOf(slice({ writtenSecondsAgo: 31 })), first);
    assert.notEqual(pokeOf(slice({ writtenSecondsAgo: 61 }), now + 30_000), first);
  });

  test('is left alone before that', () => {
    assert.equal(pokeOf(slice({ writtenSecondsAgo: 29 })), undefined);
  });
});

test('a slice that core is up to date with keeps the annotation it has, for taking it away would be another change', () => {
  assert.equal(pokeOf(slice({ seen: 2 })), undefined);
  assert.equal(pokeOf(slice({ seen: 2, annotated: 'abc-1' })), 'abc-1');
});

test('a slice carries the word of the inventory on its clusters, and on no others', () => {
  const entry = { providerConfig: { kind: 'ClusterProviderConfig' as const, name: 'a' }, revision: 'r', format: 1 };
  const before = slice();
  const observed = before.observed ?? assert.fail();
  const unhealthy = [{ cluster: 'a', since: '2026-01-01T00:00:00Z' }, { cluster: 'gone' }];
  const assignments = [{ ...entry, cluster: 'a', state: 'Assigned' as const }];
  const specOf = (each: DesiredSlice) => sliceObject(owner, each, now).spec as { unhealthy?: unknown };
  assert.deepEqual(specOf({ ...before, assignments, observed: { ...observed, unhealthy } }).unhealthy, [unhealthy[0]]);
  assert.equal(specOf({ ...before, assignments }).unhealthy, undefined);
});

test('a slice is ready when core says so', () => {
  assert.equal(isReady(slice()), false);
  assert.equal(isReady({ key: 'k', clusterSet, assignments: [] }), false);
});
