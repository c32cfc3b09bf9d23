import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterSetStatus, Member } from '../../functions/generated/types.ts';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { ClusterChange } from './changes.ts';
import { imagineSets } from './imagine-sets.ts';

const now = Date.UTC(2026, 0, 1);
const lately = '2025-12-31T23:59:00Z';
const longAgo = '2025-01-01T00:00:00Z';

const member = (name: string, more: Partial<Member> = {}): Member => ({
  name,
  clusterProfile: { namespace: 'fleet', name },
  providerConfig: { kind: 'ClusterProviderConfig', name },
  healthy: true,
  ...more,
});

const set = (region: string, members: readonly Member[], spec: JsonObject = {}, namespace = 'fleet'): KubeObject => ({
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'ClusterSet',
  metadata: { name: region, namespace: 'platform' },
  spec: { tier: 'prod', clusterProfiles: { namespace, selector: { matchLabels: { region } } }, ...spec },
  status: { members: members as unknown as Json },
});

function imagine(sets: readonly KubeObject[], change: Partial<ClusterChange>) {
  const none = {
    cluster: 'a',
    flag: '--label',
    taints: [],
    labels: {},
    properties: {},
    isUnhealthy: false,
    isRemoved: false,
  };
  const { value = assert.fail() } = imagineSets(sets, { clusters: [{ ...none, ...change }], added: [] }, now);
  return Object.fromEntries(
    value.map(({ metadata, status }) => [metadata.name ?? '', (status as ClusterSetStatus).members ?? []]),
  );
}

const eu = member('a', { labels: { region: 'eu' }, changedAt: lately });

test('a label moves a cluster to the ClusterSets that select it now, of the same inventory only', () => {
  const sets = [set('eu', [eu]), set('us', [member('z')]), set('us', [], {}, 'elsewhere')];
  const [, , other] = sets;
  const imagined = imagine([...sets.slice(0, 2), { ...(other ?? assert.fail()), metadata: { name: 'far' } }], {
    labels: { region: 'us' },
  });
  const { changedAt: _, ...steady } = eu;
  assert.deepEqual(imagined, { eu: [], us: [{ ...steady, labels: { region: 'us' } }, member('z')], far: [] });
});

test('a label or property brings and takes the taints of the rules; one that stays keeps its age', () => {
  const rules = [
    { clusters: { cel: 'cluster.properties["disk"] == "full"' }, key: 'full', effect: 'NoSchedule' },
    { clusters: { clusterSelector: {} }, key: 'beta', effect: 'PreferNoSchedule' },
    { clusters: { clusterSelector: { matchLabels: { old: 'yes' } } }, key: 'old', effect: 'NoExecute' },
  ];
  const taints = [
    { key: 'beta', effect: 'PreferNoSchedule', since: lately },
    { key: 'old', effect: 'NoExecute', since: lately },
  ] as const;
  const before = member('a', { labels: { region: 'eu', old: 'yes' }, properties: { disk: 'free' }, taints });
  const { eu: [after] = [] } = imagine([set('eu', [before], { taints: rules })], {
    labels: { old: 'no' },
    properties: { disk: 'full' },
  });
  assert.deepEqual(after?.taints, [
    { key: 'beta', effect: 'PreferNoSchedule', since: lately },
    { key: 'full', effect: 'NoSchedule', since: longAgo },
  ]);
});

test('a taint that is asked for is old, and takes the place of one of its key and effect', () => {
  const taints = [
    { key: 'gpu', value: 'a', effect: 'NoExecute', since: lately },
    { key: 'drain', effect: 'NoExecute', since: lately },
    { key: 'gpu', value: 'a', effect: 'NoSchedule', since: lately },
  ] as const;
  const { eu: [after] = [] } = imagine([set('eu', [{ ...eu, taints }])], {
    taints: [
      { key: 'gpu', value: 'b', effect: 'NoExecute' },
      { key: 'drain', effect: 'NoExecute' },
    ],
  });
  assert.deepEqual(after?.taints, [
    { key: 'drain', effect: 'NoExecute', since: longAgo },
    { key: 'gpu', value: 'b', effect: 'NoExecute', since: longAgo },
    { key: 'gpu', value: 'a', effect: 'NoSchedule', since: lately },
  ]);
  assert.equal(after?.changedAt, lately, 'a taint is no change of what the cluster is like');
});

test('an unhealthy cluster has been so for long', () => {
  const { eu: [after] = [] } = imagine([set('eu', [{ ...eu, healthChangedAt: lately }])], { isUnhealthy: true });
  assert.deepEqual([after?.healthy, after?.healthChangedAt], [false, longAgo]);
});

test('a selector that cannot be evaluated for a cluster keeps it', () => {
  const broken = set('eu', [eu], { clusterProfiles: { namespace: 'fleet', cel: 'cluster.labels["zone"] == "a"' } });
  assert.deepEqual(
    imagine([broken], { labels: { colour: 'blue' } })['eu']?.map(({ name }) => name),
    ['a'],
  );
});
