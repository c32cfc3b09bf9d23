import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PropertyRequirement } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { checkPropertyRequirement, compilePropertyRequirement } from './property-requirement.ts';

const cluster = { properties: { nodes: '3', region: 'eu', version: 'v1.33.7', memory: '1Gi' } };

const miss = (name: string, operator: PropertyRequirement['operator'], ...values: readonly string[]) =>
  compilePropertyRequirement({ name, operator, values })(cluster);
const complaints = (name: string, operator: string, ...values: readonly string[]) =>
  checkPropertyRequirement({ name, operator, values } as PropertyRequirement, 'spec').map(formatProblem);

describe('a requirement', () => {
  test('compares amounts', () => {
    const held = { Gt: ['2'], Ge: ['2', '3'], Lt: ['4'], Le: ['3', '4'], Eq: ['3'], Ne: ['2', '4'] };
    for (const [operator, values] of Object.entries(held) as [keyof typeof held, readonly string[]][]) {
      const found = ['2', '3', '4'].filter((value) => miss('nodes', operator, value) === undefined);
      assert.deepEqual(found, values, operator);
    }
    assert.equal(miss('nodes', 'Eq', '3000m'), undefined);
  });

  test('compares versions, of which a wanted one without patch stands for all patches', () => {
    assert.equal(miss('version', 'Ge', '1.33'), undefined);
    assert.equal(miss('version', 'Le', '1.33'), undefined);
    assert.equal(miss('version', 'Eq', '1.33'), undefined);
    assert.equal(miss('version', 'Gt', '1.33'), 'version is v1.33.7, wanted > 1.33');
    assert.equal(miss('version', 'Lt', 'v1.33.7'), 'version is v1.33.7, wanted < v1.33.7');
  });

  test('compares texts, amounts and versions with lists', () => {
    assert.equal(miss('region', 'In', 'us', 'eu'), undefined);
    assert.equal(miss('memory', 'In', '1024Mi'), undefined);
    assert.equal(miss('region', 'In', 'us', 'ap'), 'region is eu, wanted In (us, ap)');
    assert.equal(miss('region', 'NotIn', 'us'), undefined);
    assert.equal(miss('memory', 'NotIn', '1024Mi'), 'memory is 1Gi, wanted NotIn (1024Mi)');
  });

  test('says what it got and what it wanted', () => {
    assert.equal(miss('nodes', 'Gt', '5'), 'nodes is 3, wanted > 5');
    assert.equal(miss('region', 'Ne', 'eu'), 'region is eu, wanted != eu');
    assert.equal(miss('region', 'DoesNotExist'), 'region is eu, wanted DoesNotExist');
  });

  test('is not met by what cannot be compared', () => {
    assert.equal(miss('region', 'Le', '5'), 'region is eu, which cannot be compared; wanted <= 5');
    assert.equal(miss('nodes', 'Ge', 'v1.33'), 'nodes is 3, which cannot be compared; wanted >= v1.33');
  });

  test('is never met by a property that is not set, unless that is what it wants', () => {
    for (const operator of ['Gt', 'Ge', 'Lt', 'Le', 'Eq', 'Ne', 'In', 'NotIn', 'Exists'] as const) {
      assert.equal(miss('gpu', operator, '1'), 'gpu is not set', operator);
    }
    assert.equal(miss('constructor', 'Exists'), 'constructor is not set');
    assert.equal(miss('gpu', 'DoesNotExist'), undefined);
    assert.equal(miss('region', 'Exists'), undefined);
  });
});

describe('a mistake', () => {
  test('in the number of values is refused', () => {
    assert.deepEqual(complaints('nodes', 'Gt', '1', '2'), ['spec.values: Gt takes one value (got 2)']);
    assert.deepEqual(complaints('nodes', 'Eq'), ['spec.values: Eq takes one value (got 0)']);
    assert.deepEqual(complaints('region', 'In'), ['spec.values: In takes at least one value (got 0)']);
    assert.deepEqual(complaints('region', 'Exists', 'eu'), ['spec.values: Exists takes no value (got 1)']);
    assert.deepEqual(complaints('region', 'NotIn', 'eu', 'us'), []);
    assert.deepEqual(complaints('region', 'DoesNotExist'), []);
  });

  test('in the operator is refused', () => {
    assert.deepEqual(complaints('nodes', 'toString', '1'), [
      'spec.operator: must be one of Gt, Ge, Lt, Le, Eq, Ne, In, NotIn, Exists, DoesNotExist (got "toString")',
    ]);
  });

  test('in a value that has no order is refused, where an order is asked for', () => {
    assert.deepEqual(complaints('region', 'Gt', 'eu'), [
      'spec.values[0]: must be a quantity such as 1.5Gi or a version such as v1.33, for nothing else has an order (got "eu")',
    ]);
    assert.deepEqual(complaints('version', 'Ge', 'v1.33'), []);
    assert.deepEqual(complaints('region', 'Eq', 'eu'), []);
  });

  test('in a well-known name or its amount is refused', () => {
    assert.deepEqual(complaints('resources.kubernetes-fleet.io/cpu', 'Gt', '1'), [
      'spec.name: must be resources.kubernetes-fleet.io/ followed by total-, allocatable- or available- and a resource (got "resources.kubernetes-fleet.io/cpu"); for example resources.kubernetes-fleet.io/allocatable-cpu',
    ]);
    assert.deepEqual(complaints('resources.kubernetes-fleet.io/total-cpu', 'Eq', 'many'), [
      'spec.values[0]: must be a quantity such as 500m, 2 or 1.5Gi, as every amount of a resource is (got "many")',
    ]);
    assert.deepEqual(complaints('resources.kubernetes-fleet.io/total-cpu', 'Gt', '1'), []);
  });
});
