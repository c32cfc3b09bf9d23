import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { candidate } from './place-fixtures.ts';
import { decidedClusters, observedDecisions, placementDecisions } from './placement-decisions.ts';

const app: KubeObject = {
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'App',
  metadata: { namespace: 'team', name: 'shop' },
};
const clusters = Array.from({ length: 101 }, (_, index) => candidate(`c${String(index).padStart(3, '0')}`));
const verdicts = clusters.map(({ facts }) => ({ cluster: facts.name, verdict: 'Kept' as const, reason: 'fits' }));

test('a decision is written in slices of a hundred, with the labels of the API, and stays on the hub', () => {
  const written = placementDecisions(app, clusters, verdicts);
  assert.deepEqual([...written.keys()], ['placement-decision/0', 'placement-decision/1']);
  const [first = app, second] = [...written.values()];
  assert.deepEqual(second, {
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'PlacementDecision',
    metadata: {
      name: 'app-shop-1',
      labels: {
        'multicluster.x-k8s.io/decision-key': 'app-shop',
        'multicluster.x-k8s.io/decision-index': '1',
        'multicluster.x-k8s.io/placement-key': 'app-shop',
      },
      annotations: { 'crossply.dev/target': 'hub' },
    },
    schedulerName: 'crossply',
    decisions: [{ clusterProfileRef: { name: 'c100', namespace: 'fleet' }, reason: 'fits' }],
  });
  assert.equal((first['decisions'] as readonly unknown[]).length, 100);
});

test('that no cluster is chosen is a decision too', () => {
  const [only] = [...placementDecisions(app, [], []).values()];
  assert.deepEqual(only?.['decisions'], []);
});

test('when nothing is decided, what stands is written again without what the API server added', () => {
  const [[key, written] = assert.fail()] = [...placementDecisions(app, clusters.slice(0, 1), verdicts)];
  const observed: KubeObject = {
    ...written,
    metadata: { ...written.metadata, uid: '1', namespace: 'team', creationTimestamp: '2026-01-01T00:00:00Z' },
  };
  assert.deepEqual(
    observedDecisions(
      new Map([
        [key, observed],
        ['other', app],
      ]),
    ),
    new Map([[key, written]]),
  );
});

test('what is written reads back; a reference without a namespace means that of the decision', () => {
  const written = [...placementDecisions(app, clusters, verdicts).values()];
  assert.equal(decidedClusters(written, clusters).size, 101);
  const plain = (namespace: string): KubeObject => ({
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'PlacementDecision',
    metadata: { namespace, name: 'd' },
    decisions: [{ clusterProfileRef: { name: 'c000' } }, {}],
  });
  assert.deepEqual([...decidedClusters([plain('fleet')], clusters)], ['c000']);
  assert.deepEqual([...decidedClusters([plain('team')], clusters)], []);
});
