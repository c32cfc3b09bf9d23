import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type SkewLimits, skewOf, skewRule } from './skew.ts';

const counts = (...given: readonly number[]) => new Map(given.map((count, index) => [`d${index}`, count]));
const after = (given: readonly number[], domain: number, limits: SkewLimits = {}) =>
  skewRule(counts(...given), limits)(`d${domain}`);

describe('the skew', () => {
  test('is how far the fullest is ahead of the emptiest', () => {
    assert.equal(skewOf(counts(1, 4, 2)), 3);
    assert.equal(skewOf(counts(2)), 0);
    assert.equal(skewOf(counts()), 0);
  });

  test('has an empty emptiest while there are too few domains', () => {
    assert.equal(skewOf(counts(2, 3), { minDomains: 3 }), 3);
    assert.equal(skewOf(counts(2, 3), { minDomains: 2 }), 1);
  });

  test('leaves out what may not be used any more', () => {
    assert.equal(skewOf(counts(2, 3, 0), { maxDomains: 2 }), 1);
    assert.equal(skewOf(counts(0, 3, 0), { maxDomains: 2 }), 3);
  });
});

describe('one more', () => {
  test('in the fullest, or where all are level, makes it larger', () => {
    assert.equal(after([1, 3], 1, { maxSkew: 9 })?.change, 1);
    assert.equal(after([2, 2], 0)?.change, 1);
    assert.equal(after([2], 0)?.change, 1);
  });

  test('in the only emptiest makes it smaller, elsewhere nothing changes', () => {
    assert.equal(after([1, 3], 0)?.change, -1);
    assert.equal(after([1, 1, 3], 0)?.change, 0);
    assert.equal(after([1, 2, 3], 1)?.change, 0);
    assert.equal(after([1, 3], 0, { minDomains: 3 })?.change, 0);
  });

  test('breaks the limit when the skew is larger afterwards', () => {
    assert.equal(after([1, 1], 0)?.exceeds, undefined);
    assert.equal(after([2, 1], 0)?.exceeds, 'maxSkew');
    assert.equal(after([2, 1], 0, { maxSkew: 2 })?.exceeds, undefined);
    assert.equal(after([1, 4, 4], 0)?.exceeds, 'maxSkew');
    assert.equal(after([1, 1], 0, { minDomains: 3 })?.exceeds, 'maxSkew');
  });

  test('may not open a domain too many', () => {
    assert.equal(after([1, 1, 0], 2, { maxDomains: 2 })?.exceeds, 'maxDomains');
    assert.equal(after([1, 1, 0], 0, { maxDomains: 2 })?.exceeds, undefined);
    assert.equal(after([1, 0, 0], 2, { maxDomains: 2 })?.exceeds, undefined);
  });

  test('in a domain that nobody counts cannot be told', () => assert.equal(after([1], 7), undefined));

  test('tells the skew that counting again gives, and how far the domain is ahead', () => {
    const several = fc.array(fc.nat(6), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(several, fc.nat(5), fc.nat(8), (given, index, minDomains) => {
        const domain = index % given.length;
        const recounted = given.map((count, each) => (each === domain ? count + 1 : count));
        const effect = after(given, domain, { minDomains });
        assert.equal(effect?.skew, skewOf(counts(...recounted), { minDomains }));
        const emptiest = given.length < minDomains ? 0 : Math.min(...recounted);
        assert.equal(effect?.ahead, (recounted[domain] ?? 0) - emptiest);
      }),
    );
  });
});
