import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { decidePlacement } from './decide-placement.ts';
import { candidate, decide, inRegion, leaving, names, now, present } from './place-fixtures.ts';

const app: KubeObject = {
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'App',
  metadata: { namespace: 'team', name: 'shop' },
  spec: {},
};

const clusterSet = (status: KubeObject['status']): KubeObject => ({
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'ClusterSet',
  metadata: { namespace: 'platform', name: 'eu' },
  spec: {},
  ...(status !== undefined && { status }),
});

const decideWith = (clusterSets: readonly KubeObject[]) =>
  decidePlacement({
    spec: {},
    path: 'spec.placement',
    composite: app,
    inventory: { requirements: {}, clusterSets },
    totals: {},
    present: [present('a'), present('b')],
    required: new Map(),
    now,
  }).placement;

test('an empty list of clusters removes nothing (Argo CD issue 9227)', () => {
  const { verdicts, summary } = decideWith([clusterSet({ members: [], counts: { members: 0, healthy: 0 } })]);
  assert.deepEqual(
    verdicts.map(({ verdict }) => verdict),
    ['Kept', 'Kept'],
  );
  assert.equal(summary.message, 'no ClusterSet reports any member; 2 clusters are kept');
});

test('a list of clusters that failed removes nothing (Argo CD issue 18480)', () => {
  for (const clusterSets of [[], [clusterSet(undefined)]]) {
    const { verdicts } = decideWith(clusterSets);
    assert.ok(verdicts.every(({ verdict }) => verdict === 'Kept'));
  }
});

test('an edit after which no cluster fits removes nothing (Karmada issue 5150)', () => {
  const fleet = [inRegion('a', 'eu'), inRegion('b', 'eu')];
  const typo = { clusterSelector: { matchLabels: { region: 'ue' } } };
  const outcome = decide(fleet, typo, [present('a'), present('b')]);
  assert.deepEqual([outcome.mode, leaving(outcome)], ['KeepLastGood', []]);
  assert.equal(outcome.summary.message, '0 of 2 clusters: 2 region not ue; what runs is kept');
});

test('spread without a limit of domains chooses clusters all the same (Karmada pull request 4617)', () => {
  const fleet = [inRegion('a', 'eu'), inRegion('b', 'us'), inRegion('c', 'us')];
  assert.equal(names(decide(fleet, { numberOfClusters: 3, spread: [{ topologyKey: 'region' }] })).length, 3);
});

test('a cluster that joins gets the App although nobody edits it (KubeVela issue 6765)', () => {
  const outcome = decide([candidate('a'), candidate('new')], {}, [present('a')]);
  assert.deepEqual(names(outcome), ['a', 'new']);
});
