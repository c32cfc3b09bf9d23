import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatProblem } from '../../kube/problem.ts';
import { formatQuantity } from '../../kube/quantity.ts';
import { checkSorter, type PropertySorter, propertyExtremes, sorterShare } from './property-sorter.ts';

const cluster = (cost?: string) => ({ properties: cost === undefined ? {} : { cost } });
const fleet = [cluster('2'), cluster('7'), cluster(), cluster('2000m')];
const { extremes } = propertyExtremes('cost', fleet);
const ascending: PropertySorter = { property: 'cost', order: 'Ascending' };
const descending: PropertySorter = { property: 'cost', order: 'Descending' };

const share = (sorter: PropertySorter, weight: number, cost?: string) =>
  sorterShare(sorter, weight, extremes, cluster(cost)).value;
const complaint = (...given: Parameters<typeof sorterShare>) => sorterShare(...given).problems?.map(formatProblem);

test('extremes are those of the clusters that publish a quantity', () => {
  assert.deepEqual(extremes && [formatQuantity(extremes.min), formatQuantity(extremes.max)], ['2', '7']);
  assert.deepEqual(propertyExtremes('cost', [cluster()]), { problems: [] });
  const mixed = propertyExtremes('cost', [cluster('cheap'), cluster('7')]);
  assert.equal(mixed.problems.length, 1);
  assert.equal(mixed.extremes?.min, mixed.extremes?.max);
});

describe('a share', () => {
  test('is the whole weight at the best extreme and none at the worst', () => {
    assert.deepEqual([share(ascending, 40, '2'), share(ascending, 40, '7')], [40, 0]);
    assert.deepEqual([share(descending, 40, '2'), share(descending, 40, '7')], [0, 40]);
  });

  test('is linear between, halves away from zero', () => {
    assert.deepEqual([share(ascending, 7, '4'), share(descending, 7, '4')], [4, 3]);
    assert.deepEqual([share(ascending, 1, '4.5'), share(descending, 1, '4.5')], [1, 1]);
  });

  test('is none for a cluster that does not publish it, and for all when all are the same', () => {
    assert.equal(share(ascending, 40), 0);
    const same = propertyExtremes('cost', [cluster('3')]).extremes;
    assert.equal(sorterShare(ascending, 40, same, cluster('3')).value, 0);
  });

  test('cannot be told outside the extremes, without them, or for what is no quantity', () => {
    assert.deepEqual(complaint(ascending, 40, extremes, cluster('8')), [
      'cost: must lie within its extremes 2..7 (got 8)',
    ]);
    assert.equal(complaint(ascending, 40, extremes, cluster('1'))?.length, 1);
    assert.deepEqual(complaint(ascending, 40, undefined, cluster('3')), [
      'cost: has no extremes, yet a cluster publishes it',
    ]);
    assert.equal(complaint(ascending, 40, extremes, cluster('cheap'))?.length, 1);
  });

  test('cannot be told in an order that does not exist', () => {
    const sorter = { property: 'cost', order: 'Random' } as unknown as PropertySorter;
    assert.deepEqual(complaint(sorter, 40, extremes, cluster('4')), [
      'order: must be one of Ascending, Descending (got "Random")',
    ]);
  });
});

test('a sorter is checked with its path', () => {
  const sorter = { property: 'resources.kubernetes-fleet.io/cpu', order: 'Up' } as unknown as PropertySorter;
  assert.deepEqual(
    checkSorter(sorter, 'spec.sorter').map(({ path }) => path),
    ['spec.sorter.property', 'spec.sorter.order'],
  );
  assert.deepEqual(checkSorter(ascending, 'spec.sorter'), []);
});
