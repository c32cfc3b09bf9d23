import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../generated/types.ts';
import type { Json } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { readInventory } from './read-inventory.ts';

const member = (name: string, way: string, more: Partial<Member> = {}): Member => ({
  ...{ name, healthy: true },
  clusterProfile: { namespace: 'fleet', name },
  providerConfig: { kind: 'ClusterProviderConfig', name: way },
  ...more,
});

const set = (name: string, members: readonly Member[], creationTimestamp?: string): KubeObject => ({
  ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet' },
  metadata: { name, namespace: 'platform', ...(creationTimestamp !== undefined && { creationTimestamp }) },
  spec: { removalGracePeriodSeconds: 60 },
  status: { members: members as unknown as Json },
});

const missing = { missingSince: '2026-01-01T00:00:00Z' };

/** Who is a candidate, as `name by way in set`. */
const candidates = (sets: readonly KubeObject[], running: readonly string[] = []) =>
  readInventory(sets, ({ facts, providerConfig }) =>
    running.includes(`${facts.name} ${providerConfig.name}`),
  ).candidates.map(({ facts, providerConfig }) => `${facts.name} by ${providerConfig.name} in ${facts.set}`);

test('a cluster that has moved to another set is in that, under the name that it has there', () => {
  const moved = [set('one', [member('a', 'way', missing)]), set('two', [member('a', 'way')])];
  assert.deepEqual(candidates(moved), ['a by way in two']);
  const renamed = [set('one', [member('a', 'way', missing)]), set('two', [member('b', 'way')])];
  assert.deepEqual(candidates(renamed, ['a way']), ['b by way in two']);
});

test('a cluster that two sets have under two names is that on which the composite runs, else the first', () => {
  const sets = [set('one', [member('a', 'way')]), set('two', [member('b', 'way')])];
  assert.deepEqual(candidates(sets), ['a by way in one']);
  assert.deepEqual(candidates(sets, ['b way']), ['b by way in two']);
});

test('of two clusters with one name that on which the composite runs is meant, else the first; both are listed', () => {
  const sets = [set('one', [member('a', 'this')]), set('two', [member('a', 'that')])];
  assert.deepEqual(candidates(sets), ['a by this in one']);
  assert.deepEqual(candidates(sets, ['a that']), ['a by that in two']);
  assert.equal(readInventory(sets).listed.length, 2);
});

test('a set that was made anew tells who is gone when its patience would have ended', () => {
  const { readable } = readInventory([set('new', [member('a', 'a')], '2026-01-01T00:00:00Z'), set('empty', [])]);
  assert.deepEqual(readable, [{ namespace: 'platform', name: 'new', tellsFrom: Date.UTC(2026, 0, 1, 0, 1) }]);
});
