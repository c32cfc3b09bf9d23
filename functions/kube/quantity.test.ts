import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  roundUpQuantity,
} from './quantity.ts';

function quantity(text: string | number): Quantity {
  const parsed = parseQuantity(text);
  assert.equal(parsed.problems, undefined, String(text));
  return parsed.problems === undefined ? parsed.value : { nano: 0n, format: 'DecimalSI' };
}

test('equal amounts in different writings compare equal', () => {
  for (const [a, b] of [
    ['1', '1000m'],
    ['1Ki', '1024'],
    ['1.5Gi', '1536Mi'],
    ['1e3', '1k'],
    ['0.1', '100m'],
  ] as const) {
    assert.equal(compareQuantities(quantity(a), quantity(b)), 0, `${a} ${b}`);
  }
  assert.equal(compareQuantities(quantity('0.1'), quantity('0.2')), -1);
  assert.equal(compareQuantities(quantity('1Gi'), quantity('1G')), 1);
});

test('a JSON number is read as its text', () => {
  assert.deepEqual(quantity(0.1), quantity('100m'));
  assert.deepEqual(quantity(1e21).nano, 10n ** 30n);
});

test('sums are exact and keep the format of the first that is not zero', () => {
  assert.equal(formatQuantity(addQuantities(quantity('0.1'), quantity('0.2'))), '300m');
  assert.equal(formatQuantity(addQuantities(quantity('1Gi'), quantity('512Mi'))), '1536Mi');
  assert.equal(formatQuantity(addQuantities(quantity('0'), quantity('1Gi'))), '1Gi');
  assert.equal(formatQuantity(addQuantities(quantity('9E'), quantity('9E'))), '18E');
});

test('a binary quantity that is small or broken is printed as a decimal one', () => {
  assert.equal(formatQuantity(quantity('0.5Ki')), '512');
  assert.equal(formatQuantity(quantity('0.0005Ki')), '512m');
  assert.equal(formatQuantity(quantity('100.035Ki')), '102435840m');
});

test('rounding goes away from zero', () => {
  assert.equal(formatQuantity(roundUpQuantity(quantity('1100m'), 0)), '2');
  assert.equal(formatQuantity(roundUpQuantity(quantity('-1100m'), 0)), '-2');
  assert.equal(formatQuantity(roundUpQuantity(quantity('1100m'), -9)), '1100m');
});

test('what is not a quantity is refused with what it was', () => {
  for (const bad of ['', '.', '-', '1e', '1 Gi', '1gi', '1Kib', '1e2k', '0x10', '--1', 'NaN', '1_000', 'constructor']) {
    const { problems } = parseQuantity(bad);
    assert.equal(problems?.[0]?.message, `must be a quantity such as 500m, 2 or 1.5Gi (got "${bad}")`);
  }
});

test('a number too large to compute with is refused at once', () => {
  assert.ok(parseQuantity('1e999999999').problems);
  assert.ok(parseQuantity('9'.repeat(100_000)).problems);
});

test('the canonical text stands for the same amount and is its own canonical text', () => {
  const number = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.constantFrom('', '.5', '.125', '.000000001'));
  const suffix = fc.constantFrom(
    '',
    'n',
    'u',
    'm',
    'k',
    'M',
    'G',
    'T',
    'P',
    'E',
    'Ki',
    'Mi',
    'Gi',
    'Ti',
    'e3',
    'E-3',
    'e0',
  );
  fc.assert(
    fc.property(number, suffix, ([whole, fraction], unit) => {
      const parsed = quantity(`${whole}${fraction}${unit}`);
      const text = formatQuantity(parsed);
      const again = quantity(text);
      assert.equal(again.nano, parsed.nano);
      // As in Kubernetes, a binary amount that 1024 does not divide has no suffix, and without one it reads as decimal.
      if (again.format === parsed.format) assert.equal(formatQuantity(again), text);
    }),
  );
});
