import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLabelRequirement, type LabelRequirement, meetsRequirement } from './label-requirement.ts';

function messages(requirement: LabelRequirement): string[] {
  return checkLabelRequirement(requirement, 'at').map(({ path, message }) => `${path}: ${message}`);
}

test('operators that exclude are met by an absent key, operators that include are not', () => {
  const values = ['a'];
  for (const operator of ['!=', 'notIn', 'notExists'] as const) {
    assert.ok(meetsRequirement({ key: 'k', operator, values: operator === 'notExists' ? [] : values }, {}), operator);
  }
  for (const operator of ['=', 'in', 'exists', '>', '<'] as const) {
    assert.ok(!meetsRequirement({ key: 'k', operator, values }, {}), operator);
  }
});

test('> and < compare as numbers of any size and are never met by a text', () => {
  const above = (limit: string, value: string) =>
    meetsRequirement({ key: 'k', operator: '>', values: [limit] }, { k: value });
  assert.ok(above('9', '10'));
  assert.ok(!above('10', '9'));
  assert.ok(above('99999999999999999998', '99999999999999999999'));
  assert.ok(above('+1', '2'));
  assert.ok(!above('1', 'two'));
  assert.ok(!above('one', '2'));
});

test('labels named like inherited properties are read as labels', () => {
  assert.ok(!meetsRequirement({ key: 'constructor', operator: 'exists', values: [] }, {}));
  assert.ok(meetsRequirement({ key: 'constructor', operator: '=', values: ['x'] }, { constructor: 'x' }));
});

test('each operator takes its number of values', () => {
  assert.deepEqual(messages({ key: 'k', operator: 'in', values: [] }), [
    'at.values: in takes at least one value (got 0)',
  ]);
  assert.deepEqual(messages({ key: 'k', operator: 'exists', values: ['a'] }), [
    'at.values: exists takes no value (got 1)',
  ]);
  assert.deepEqual(messages({ key: 'k', operator: '=', values: ['a', 'b'] }), ['at.values: = takes one value (got 2)']);
});

test('keys and values have the form of labels', () => {
  assert.deepEqual(messages({ key: 'a b', operator: 'in', values: ['x', '-'] }), [
    'at.key: must be a label key (got "a b")',
    'at.values[1]: must be a label value (got "-")',
  ]);
  assert.deepEqual(messages({ key: 'k', operator: '<', values: ['a'] }), [
    'at.values[0]: < compares whole numbers (got "a")',
  ]);
});
