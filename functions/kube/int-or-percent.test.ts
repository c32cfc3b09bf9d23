import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveIntOrPercent } from './int-or-percent.ts';

test('a number stands for itself, even above the total', () => {
  assert.deepEqual(resolveIntOrPercent(7, 5, 'up'), { value: 7 });
  assert.deepEqual(resolveIntOrPercent(0, 5, 'up'), { value: 0 });
});

test('a percentage is rounded as asked', () => {
  assert.deepEqual(resolveIntOrPercent('25%', 10, 'up'), { value: 3 });
  assert.deepEqual(resolveIntOrPercent('25%', 10, 'down'), { value: 2 });
  assert.deepEqual(resolveIntOrPercent('10%', 10, 'up'), { value: 1 });
  assert.deepEqual(resolveIntOrPercent('7%', 100, 'up'), { value: 7 });
  assert.deepEqual(resolveIntOrPercent('0%', 10, 'up'), { value: 0 });
});

test('anything else is refused with what it was', () => {
  for (const bad of [-1, 1.5, Number.NaN, '3', '-5%', '2.5%', '%', ' 5%', '']) {
    const { problems } = resolveIntOrPercent(bad, 10, 'up');
    assert.match(
      problems?.[0]?.message ?? '',
      /^must be a whole number of 0 or more, or a percentage such as "25%" \(got /,
    );
  }
});
