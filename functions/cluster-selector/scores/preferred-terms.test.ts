import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { PreferredTerm } from '../../generated/types.ts';
import { affinityScore, compilePreferredTerms, preferenceShare, sorterExtremes } from './preferred-terms.ts';
import { sampleCandidate } from './sample-candidate.ts';

const isA: PreferredTerm = { weight: 30, term: { clusterSelector: { matchLabels: { name: 'a' } } } };
const cheap: PreferredTerm = { weight: 70, sorter: { property: 'cost', order: 'Ascending' } };
const candidates = [sampleCandidate('a', { cost: '10' }), sampleCandidate('b', { cost: '2' }), sampleCandidate('c')];

const preferences = (...terms: readonly PreferredTerm[]) =>
  compilePreferredTerms(terms, 'spec.preferred').value ?? assert.fail('terms are right');
const score = (...terms: readonly PreferredTerm[]) => affinityScore(preferences(...terms)).score(candidates);

describe('affinity', () => {
  test('is the weight of the terms met, out of all weights', () => {
    assert.deepEqual(score(isA, { ...isA, weight: 60, term: {} }), [100, 67, 67]);
    assert.deepEqual(score(isA), [100, 0, 0]);
  });

  test('gives by a sorter what the property is worth between the extremes of all candidates', () => {
    assert.deepEqual(score(isA, cheap), [30, 70, 0]);
    assert.deepEqual(score({ ...cheap, sorter: { property: 'cost', order: 'Descending' } }), [100, 0, 0]);
  });

  test('gives a sorter only to clusters that meet its term', () => {
    assert.deepEqual(score({ ...isA, sorter: { property: 'cost', order: 'Descending' } }), [100, 0, 0]);
    assert.deepEqual(score({ ...isA, sorter: { property: 'cost', order: 'Ascending' } }), [0, 0, 0]);
  });

  test('gives nothing for what cannot be told', () => {
    assert.deepEqual(score({ weight: 10, term: { cel: 'cluster.labels["zone"] == "x"' } }), [0, 0, 0]);
    const odd = [...candidates, sampleCandidate('d', { cost: 'cheap' })];
    assert.deepEqual(affinityScore(preferences(cheap)).score(odd), [0, 100, 0, 0]);
  });

  test('without preferences is 0 for all', () => assert.deepEqual(score(), [0, 0, 0]));

  test('stays within 0..100 and does not depend on the order of the candidates', () => {
    const cost = fc.option(fc.nat(1000).map(String), { nil: undefined });
    const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(cost, { minLength: 1, maxLength: 6 }), weights, (costs, given) => {
        const fleet = costs.map((each, index) =>
          sampleCandidate(`c${index}`, each === undefined ? {} : { cost: each }),
        );
        const plugin = affinityScore(preferences(...given.map((weight) => ({ ...cheap, weight }))));
        const scores = plugin.score(fleet);
        assert.ok(scores.every((each) => Number.isInteger(each) && each >= 0 && each <= 100));
        assert.deepEqual(plugin.score(fleet.toReversed()).toReversed(), scores);
      }),
    );
  });
});

test('the share of a term tells what kept it from being told', () => {
  const [a = assert.fail()] = candidates;
  const [term = assert.fail()] = preferences(cheap);
  const facts = candidates.map((each) => each.facts);
  assert.deepEqual(preferenceShare(term, a.facts, sorterExtremes([term], facts)).problems, undefined);
  assert.equal(preferenceShare(term, a.facts, new Map()).problems?.length, 1);
});

test('mistakes are told with their paths', () => {
  const { problems = [] } = compilePreferredTerms(
    [
      { weight: 1, term: { cel: '(' } },
      { weight: 1, sorter: { property: 'resources.kubernetes-fleet.io/x', order: 'Ascending' } },
    ],
    'spec.preferred',
  );
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['spec.preferred[0].term.cel', 'spec.preferred[1].sorter.property'],
  );
});
