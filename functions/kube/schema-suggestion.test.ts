import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { didYouMean, editDistance, nearest } from './schema-suggestion.ts';

test('a mistyped word gets the nearest candidate', () => {
  assert.equal(nearest('Deploymnt', ['DaemonSet', 'Deployment']), 'Deployment');
  assert.equal(nearest('repilcas', ['resources', 'replicas']), 'replicas');
  assert.equal(didYouMean('nodeselector', ['nodeSelector']), 'did you mean "nodeSelector"?');
});

test('a word that is too far from every candidate gets none', () => {
  assert.equal(nearest('Pod', ['Deployment', 'Job']), undefined);
  assert.equal(didYouMean('storage', ['image', 'ports']), undefined);
});

test('the first of equally near candidates wins', () => {
  assert.equal(nearest('cat', ['car', 'can']), 'car');
});

test('a very long word is not compared', () => {
  assert.equal(nearest('a'.repeat(65), ['a'.repeat(64)]), undefined);
});

test('swapped neighbours count once', () => {
  assert.equal(editDistance('iamge', 'image'), 1);
  assert.equal(editDistance('', 'abc'), 3);
});

test('the distance is symmetric, and zero only between equal words', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.equal(editDistance(a, b), editDistance(b, a));
      assert.equal(editDistance(a, b) === 0, a === b);
    }),
  );
});
