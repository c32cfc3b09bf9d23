import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CelInput, celList, celMap, celUint, isCelMap } from '@bufbuild/cel';
import fc from 'fast-check';
import type { Json } from '../kube/json.ts';
import { fromCelValue, toCelValue } from './cel-values.ts';

type Value = Parameters<typeof fromCelValue>[0];

function refusal(value: CelInput): string {
  return fromCelValue(value as Value).problems?.[0]?.message ?? 'converted';
}

test('whole numbers become int, others stay double', () => {
  assert.equal(toCelValue(3), 3n);
  assert.equal(toCelValue(-0), 0n);
  assert.equal(toCelValue(2.5), 2.5);
  assert.equal(toCelValue(1e300), 1e300);
});

test('any JSON value comes back as it went', () => {
  const number = fc.oneof(
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
  );
  const key = fc.string().filter((name) => name !== '__proto__');
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', maxDepth: 6 },
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      number,
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(fc.property(json, (value) => assert.deepEqual(fromCelValue(toCelValue(value) as Value), { value })));
});

test('a member set to undefined is absent, and names of inherited properties are plain keys', () => {
  const map = toCelValue({ a: undefined, constructor: 'x' });
  assert.ok(isCelMap(map));
  assert.deepEqual([...map.keys()], ['constructor']);
});

test('an object is converted once', () => {
  const object = { a: { b: 1 } };
  assert.equal(toCelValue(object), toCelValue(object));
});

test('unsigned numbers are numbers', () => {
  assert.deepEqual(fromCelValue(celUint(7n)), { value: 7 });
});

test('what has no JSON form is refused', () => {
  assert.equal(refusal(2n ** 53n), 'gives 9007199254740992, which JSON readers would round');
  assert.equal(refusal(Number.NaN), 'gives NaN, which is no JSON number');
  assert.equal(refusal(new Uint8Array(1)), 'gives a value of type bytes, which has no JSON form');
  assert.equal(refusal(celMap(new Map([[1n, 1n]]))), 'gives a map with the key 1, which no JSON object may have');
  assert.equal(
    refusal(celMap(new Map([['__proto__', 1n]]))),
    'gives a map with the key __proto__, which no JSON object may have',
  );
});

test('what is too large or too deep for a manifest is refused', () => {
  assert.equal(refusal('x'.repeat(65_536)), 'gives more than 65536 characters');
  assert.equal(refusal(celMap(new Map([['x'.repeat(65_536), 1n]]))), 'gives more than 65536 characters');
  let deep: CelInput = 1n;
  for (let level = 0; level < 13; level++) deep = celList([deep]);
  assert.equal(refusal(deep), 'gives more than 12 levels of lists and maps');
});
