import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clusterAddresses } from './cluster-addresses.ts';

const config = (name: string) => ({ kind: 'ClusterProviderConfig', name }) as const;

const entry = (cluster: string, way = cluster, key?: string) => ({
  ...{ cluster, providerConfig: config(way) },
  ...(key !== undefined && { key }),
});

const listed = (
  name: string,
  way = name,
  more: { readonly formerNames?: readonly string[]; readonly id?: string } = {},
) => {
  const { id, formerNames } = more;
  const properties: { readonly [name: string]: string } = id === undefined ? {} : { 'cluster.clusterset.k8s.io': id };
  return {
    facts: { name, labels: {}, properties, version: '', set: 'eu', ...(formerNames !== undefined && { formerNames }) },
    providerConfig: config(way),
  };
};

/** What becomes of entries, as `key is name by way`. */
const addresses = (
  entries: Parameters<typeof clusterAddresses>[0],
  inventory: Parameters<typeof clusterAddresses>[1],
) =>
  clusterAddresses(entries, inventory).map(
    ({ key, cluster, providerConfig }) => `${key} is ${cluster} by ${providerConfig?.name ?? 'what it was'}`,
  );

test('a cluster that is called and reached as before has no other address', () => {
  assert.deepEqual(addresses([entry('a'), entry('b')], [listed('b'), listed('a'), listed('c')]), []);
  assert.deepEqual(addresses([entry('a')], []), []);
});

describe('a cluster is recognised', () => {
  test('by the way to it, whatever it is called', () => {
    assert.deepEqual(addresses([entry('a', 'way')], [listed('b', 'way')]), ['a is b by way']);
    assert.deepEqual(addresses([entry('b', 'way', 'a')], [listed('c', 'way')]), ['a is c by way']);
    assert.deepEqual(addresses([entry('b', 'way', 'a')], [listed('b', 'way')]), []);
  });

  test('by its name where the way to it is another', () => {
    assert.deepEqual(addresses([entry('a', 'one')], [listed('a', 'two')]), ['a is a by two']);
  });

  test('by the id that it goes by before anything else', () => {
    const inventory = [listed('x', 'two', { id: 'x' }), listed('y', 'one', { id: 'y' })];
    assert.deepEqual(addresses([entry('x', 'one'), entry('y', 'two')], inventory), ['x is x by two', 'y is y by one']);
  });

  test('by a name that it had, where both name and way are others', () => {
    assert.deepEqual(addresses([entry('a')], [listed('x', 'x', { formerNames: ['a'] })]), ['a is x by x']);
  });
});

test('names that are exchanged are exchanged at once', () => {
  assert.deepEqual(addresses([entry('a', 'one'), entry('b', 'two')], [listed('a', 'two'), listed('b', 'one')]), [
    'a is b by one',
    'b is a by two',
  ]);
});

test('a cluster that is gone makes way for one that has its name now', () => {
  assert.deepEqual(addresses([entry('a', 'one'), entry('b', 'two')], [listed('a', 'two')]), [
    'a is former-a by what it was',
    'b is a by two',
  ]);
});

test('a name that two ClusterSets give to two clusters stays with the one that has it, and the other keeps its own', () => {
  const both = [listed('b', 'two'), listed('b', 'one')];
  assert.deepEqual(addresses([entry('a', 'one'), entry('b', 'two')], both), []);
  assert.deepEqual(addresses([entry('b', 'one'), entry('a', 'two')], both), []);
});

test('of two clusters with one way each entry takes the one of its name, and none is guessed', () => {
  const both = [listed('a', 'way'), listed('b', 'way')];
  assert.deepEqual(addresses([entry('a', 'way'), entry('b', 'way')], both), []);
  assert.deepEqual(addresses([entry('c', 'way')], both), []);
});
