import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareProperty, readPropertyValue } from './compare-property.ts';

const order = (value: string, wanted: string) => compareProperty(readPropertyValue(value), readPropertyValue(wanted));

test('quantities compare by amount, exactly', () => {
  assert.equal(order('1Gi', '1024Mi'), 0);
  assert.equal(order('999m', '1'), -1);
  assert.equal(order('9007199254740993', '9007199254740992'), 1);
});

test('versions compare as versions unless both are quantities', () => {
  assert.equal(order('v1.9.0', '1.33'), -1);
  assert.equal(order('1.33', 'v1.4'), 1);
  assert.equal(order('1.33', '1.4'), -1);
});

test('texts are the same or not, and have no order', () => {
  assert.equal(order('eu', 'eu'), 0);
  assert.equal(order('eu', 'us'), undefined);
  assert.equal(order('eu', '3'), undefined);
  assert.equal(order('3', 'v1.33'), undefined);
});
