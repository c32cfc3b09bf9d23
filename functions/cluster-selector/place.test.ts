import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Candidate } from '../clusters/cluster-facts.ts';
import type { ClusterFilter } from '../clusters/cluster-selection.ts';
import { type PlacementPolicy, place } from './place.ts';
import type { Present } from './placement.ts';

const eu = { namespace: 'platform', name: 'eu' };

const candidate = (name: string): Candidate => ({
  facts: { name, labels: {}, properties: {}, version: 'v1.35.0', set: 'eu' },
  clusterSet: eu,
  providerConfig: { kind: 'ClusterProviderConfig', name },
});

const present = (cluster: string, leaving = false): Present => ({ cluster, clusterSet: eu, leaving });
const everything: ClusterFilter = () => undefined;
const onlyNames =
  (...names: string[]): ClusterFilter =>
  ({ name }) =>
    names.includes(name) ? undefined : { because: 'mismatch', reason: 'not wanted' };

const policy = (more: Partial<PlacementPolicy> = {}): PlacementPolicy => ({
  filter: everything,
  explain: ({ set }) => `member of ${set}`,
  readableSets: [eu],
  excluded: new Set(),
  orderKey: 'App/team/shop',
  ...more,
});

const names = ({ chosen }: { readonly chosen: readonly Candidate[] }) => chosen.map(({ facts }) => facts.name);
const verdict = (outcome: ReturnType<typeof place>, cluster: string) =>
  outcome.verdicts.find((each) => each.cluster === cluster);

test('all that match are chosen when no number is given', () => {
  const outcome = place(['b', 'a', 'c'].map(candidate), policy({ filter: onlyNames('a', 'b') }), []);
  assert.deepEqual(names(outcome), ['a', 'b']);
  assert.deepEqual(verdict(outcome, 'c'), { cluster: 'c', verdict: 'Filtered', reason: 'not wanted' });
  assert.equal(outcome.summary.message, '2 of 3 clusters: 1 not wanted');
});

describe('a number of clusters', () => {
  const clusters = ['a', 'b', 'c', 'd', 'e'].map(candidate);

  test('is filled, and what runs keeps its place', () => {
    const [free] = names(place(clusters, policy({ numberOfClusters: 1 }), []));
    const other = ['a', 'b', 'c', 'd', 'e'].find((name) => name !== free) ?? '';
    const outcome = place(clusters, policy({ numberOfClusters: 2 }), [present(other)]);
    assert.deepEqual(names(outcome), [free, other].sort());
    assert.equal(verdict(outcome, other)?.verdict, 'Kept');
  });

  test('when it shrinks, the same ones leave whatever the order of arrival', () => {
    const all = clusters.map(({ facts }) => present(facts.name));
    const outcome = place(clusters, policy({ numberOfClusters: 3 }), all);
    assert.deepEqual(names(place(clusters, policy({ numberOfClusters: 3 }), all.toReversed())), names(outcome));
    assert.equal(outcome.verdicts.filter((each) => each.verdict === 'Leaving').length, 2);
  });

  test('that cannot be reached is said, and what fits is taken', () => {
    const outcome = place(clusters, policy({ numberOfClusters: 9 }), []);
    assert.equal(outcome.chosen.length, 5);
    assert.equal(outcome.summary.reason, 'TooFewClusters');
  });

  test('a cluster that is still leaving is taken last', () => {
    const [first = ''] = names(place(clusters, policy({ numberOfClusters: 1 }), []));
    const outcome = place(clusters, policy({ numberOfClusters: 1 }), [present(first, true)]);
    assert.notDeepEqual(names(outcome), [first]);
  });
});

describe('fail static', () => {
  test('a present cluster that no longer matches leaves', () => {
    const outcome = place(['a', 'b'].map(candidate), policy({ filter: onlyNames('b') }), [present('a'), present('b')]);
    assert.deepEqual(verdict(outcome, 'a'), { cluster: 'a', verdict: 'Leaving', reason: 'not wanted' });
  });

  test('when nothing fits any more, what runs is kept', () => {
    const outcome = place([candidate('a')], policy({ filter: onlyNames() }), [present('a')]);
    assert.equal(outcome.mode, 'KeepLastGood');
    assert.equal(verdict(outcome, 'a')?.verdict, 'Kept');
    assert.equal(outcome.summary.reason, 'Infeasible');
  });

  test('a cluster whose set cannot be read is kept', () => {
    const outcome = place([candidate('a')], policy({ readableSets: [] }), [present('a'), present('gone')]);
    assert.equal(verdict(outcome, 'gone')?.verdict, 'Kept');
    assert.equal(place([candidate('a')], policy(), [present('a'), present('gone')]).verdicts[1]?.verdict, 'Leaving');
  });

  test('a cluster that no inventory knows any more can be released by excluding it', () => {
    const rules = policy({ readableSets: [], excluded: new Set(['gone']) });
    const outcome = place([candidate('a')], rules, [present('a'), present('gone')]);
    assert.deepEqual(verdict(outcome, 'gone'), { cluster: 'gone', verdict: 'Leaving', reason: 'excluded by name' });
  });

  test('an expression that cannot be evaluated removes nothing and adds nothing', () => {
    const broken: ClusterFilter = () => ({ because: 'error', reason: 'no such label' });
    const outcome = place(['a', 'b'].map(candidate), policy({ filter: broken }), [present('a')]);
    assert.deepEqual(names(outcome), ['a']);
    assert.equal(verdict(outcome, 'b')?.verdict, 'Filtered');
  });
});

test('the order of candidates and of what is present makes no difference', () => {
  const fleet = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 8 });
  fc.assert(
    fc.property(
      fleet,
      fleet,
      fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      (members, running, wanted) => {
        const rules = policy(wanted === undefined ? {} : { numberOfClusters: wanted });
        const [one, two] = [members.map(candidate), members.toReversed().map(candidate)];
        const [here, there] = [running.map((name) => present(name)), running.toReversed().map((name) => present(name))];
        assert.deepEqual(place(one, rules, here), place(two, rules, there));
      },
    ),
  );
});

test('a cluster that stands in two slices by mistake counts once', () => {
  const twice = [present('a'), present('a'), present('b')];
  const { chosen } = place([candidate('a'), candidate('b')], policy({ numberOfClusters: 2 }), twice);
  assert.deepEqual(
    chosen.map(({ facts }) => facts.name),
    ['a', 'b'],
  );
});
