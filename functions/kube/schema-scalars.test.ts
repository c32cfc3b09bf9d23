import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scalarFlaws } from './schema-scalars.ts';

test('a value outside an enum is told the words and the nearest of them', () => {
  assert.deepEqual(scalarFlaws({ enum: ['Deployment', 'StatefulSet'] }, 'Deploymnt'), [
    { message: 'must be one of Deployment, StatefulSet (got "Deploymnt")', hint: 'did you mean "Deployment"?' },
  ]);
  assert.deepEqual(scalarFlaws({ enum: ['a'] }, 'something else'), [
    { message: 'must be one of a (got "something else")' },
  ]);
  assert.deepEqual(scalarFlaws({ enum: ['a', 1] }, 1), []);
});

test('lengths count characters as people do', () => {
  assert.deepEqual(scalarFlaws({ maxLength: 2 }, '👩👩'), []);
  assert.deepEqual(scalarFlaws({ maxLength: 2 }, 'abc'), [
    { message: 'must have at most 2 characters (got 3: "abc")' },
  ]);
  assert.deepEqual(scalarFlaws({ minLength: 1 }, ''), [{ message: 'must not be empty' }]);
  assert.deepEqual(scalarFlaws({ minLength: 2 }, '👩'), [{ message: 'must have at least 2 characters (got "👩")' }]);
});

test('a value that does not match a pattern gets the description as a hint', () => {
  assert.deepEqual(scalarFlaws({ pattern: '^[a-z]+$', description: 'Lower-case letters.' }, 'Web'), [
    { message: 'must match ^[a-z]+$ (got "Web")', hint: 'Lower-case letters.' },
  ]);
  assert.deepEqual(scalarFlaws({ pattern: '^[a-z]+$' }, 'web'), []);
});

test('a text that is too long is not held against the pattern as well', () => {
  assert.equal(scalarFlaws({ pattern: '^a$', maxLength: 1 }, 'bb').length, 1);
});

test('numbers keep to their bounds', () => {
  assert.deepEqual(scalarFlaws({ minimum: 1 }, 0), [{ message: 'must be at least 1 (got 0)' }]);
  assert.deepEqual(scalarFlaws({ maximum: 9 }, 10), [{ message: 'must be at most 9 (got 10)' }]);
  assert.deepEqual(scalarFlaws({ minimum: 1, exclusiveMinimum: true }, 1), [
    { message: 'must be more than 1 (got 1)' },
  ]);
  assert.deepEqual(scalarFlaws({ maximum: 9, exclusiveMaximum: true }, 9), [
    { message: 'must be less than 9 (got 9)' },
  ]);
  assert.deepEqual(scalarFlaws({ format: 'int32' }, 2 ** 31), [{ message: 'must fit into 32 bits (got 2147483648)' }]);
});

test('bounds of numbers say nothing about strings, patterns nothing about numbers', () => {
  assert.deepEqual(scalarFlaws({ minimum: 1, pattern: '^[0-9]+%$' }, '25%'), []);
  assert.deepEqual(scalarFlaws({ minimum: 1, pattern: '^[0-9]+%$' }, 5), []);
});

test('a date-time is one with a time zone', () => {
  const rules = { format: 'date-time' };
  assert.deepEqual(scalarFlaws(rules, '2026-01-01T00:00:00.5+01:00'), []);
  for (const wrong of ['2026-01-01', '2026-01-01T00:00:00', '2026-13-01T00:00:00Z', 'soon']) {
    assert.equal(scalarFlaws(rules, wrong).length, 1, wrong);
  }
});
