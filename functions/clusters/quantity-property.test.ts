import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { formatQuantity } from '../kube/quantity.ts';
import { quantityProperty } from './quantity-property.ts';

const cluster = { properties: { nodes: '4', region: 'eu', 'resources.kubernetes-fleet.io/total-cpu': '10' } };

function textOf(name: string): string | undefined {
  const quantity = quantityProperty(name, cluster).value?.quantity;
  return quantity && formatQuantity(quantity);
}

test('a quantity is read, and one that is not published is none', () => {
  assert.equal(textOf('nodes'), '4');
  assert.equal(textOf('resources.kubernetes-fleet.io/total-cpu'), '10');
  assert.deepEqual(quantityProperty('cost', cluster), { value: {} });
  assert.deepEqual(quantityProperty('toString', cluster), { value: {} });
});

test('what is no quantity is refused', () => {
  assert.deepEqual(quantityProperty('region', cluster).problems?.map(formatProblem), [
    'region: must be a quantity such as 500m, 2 or 1.5Gi (got "eu")',
  ]);
});

test('a well-known name must say which amount of which resource', () => {
  for (const name of ['cpu', 'allocatable', 'available-', 'free-cpu', '-cpu']) {
    assert.equal(quantityProperty(`resources.kubernetes-fleet.io/${name}`, cluster).problems?.length, 1, name);
  }
  assert.deepEqual(quantityProperty('resources.kubernetes-fleet.io/available-ephemeral-storage', cluster), {
    value: {},
  });
});
