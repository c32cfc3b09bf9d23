import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countExtremes, domainCounts } from './domain-counts.ts';

const cluster = (name: string, zone?: string) => ({ name, labels: zone === undefined ? {} : { zone }, properties: {} });
const fleet = [cluster('1', 'a'), cluster('2', 'a'), cluster('3', 'b'), cluster('4', 'c'), cluster('5')];

test('chosen clusters are counted by domain, domains without any too', () => {
  const counts = domainCounts(fleet, { topologyKey: 'zone' }, new Set(['1', '2', '4', '5', 'gone']));
  assert.deepEqual(Object.fromEntries(counts), { a: 2, b: 0, c: 1 });
});

test('extremes of counts', () => {
  const extremes = (...counts: readonly number[]) => countExtremes(new Map(counts.map((count, i) => [`${i}`, count])));
  assert.deepEqual(extremes(3, 1, 2), { smallest: 1, secondSmallest: 2, largest: 3 });
  assert.deepEqual(extremes(1, 4, 1), { smallest: 1, secondSmallest: 1, largest: 4 });
  assert.deepEqual(extremes(2, 2), { smallest: 2, secondSmallest: 2, largest: 2 });
  assert.deepEqual(extremes(5), { smallest: 5, secondSmallest: 5, largest: 5 });
  assert.equal(extremes(), undefined);
});
