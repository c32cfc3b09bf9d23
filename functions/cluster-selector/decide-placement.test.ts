import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Member, Placement as PlacementSpec } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import { decidePlacement, type PlacementFacts } from './decide-placement.ts';
import { now, present } from './place-fixtures.ts';

const app = (status: JsonObject = {}): KubeObject => ({
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'App',
  metadata: { namespace: 'team', name: 'shop' },
  spec: {},
  status,
});

const member = (name: string, more: Partial<Member> = {}): Member => ({
  name,
  clusterProfile: { namespace: 'fleet', name: `profile-${name}` },
  providerConfig: { kind: 'ClusterProviderConfig', name },
  healthy: true,
  ...more,
});

const setOf = (members: readonly Member[]): KubeObject => ({
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'ClusterSet',
  metadata: { namespace: 'platform', name: 'eu' },
  spec: {},
  status: { members: members as unknown as JsonObject[], counts: { members: members.length, healthy: members.length } },
});

const decide = (members: readonly Member[], spec: PlacementSpec, more: Partial<PlacementFacts> = {}) =>
  decidePlacement({
    spec,
    path: 'spec.placement',
    composite: app(),
    inventory: { requirements: {}, clusterSets: [setOf(members)] },
    totals: {},
    present: [],
    required: new Map([['promises', []]]),
    now,
    ...more,
  });

const names = ({ placement }: ReturnType<typeof decide>) => placement.chosen.map(({ facts }) => facts.name);
const reason = ({ placement }: ReturnType<typeof decide>, cluster: string) =>
  placement.verdicts.find((each) => each.cluster === cluster)?.reason;

test('all that is wrong with a placement is told with its path, and what runs is kept', () => {
  const { placement } = decide([member('a')], {
    clusterSets: ['us'],
    cel: 'cluster.',
    tolerations: [{ operator: 'Equal', value: 'x' }],
    replicas: { mode: 'Divided', strategy: 'Capacity', capacity: { property: 'cpu', perReplica: '0' } },
  });
  assert.equal(placement.mode, 'KeepLastGood');
  assert.equal(placement.summary.reason, 'InvalidPolicy');
  for (const path of ['clusterSets[0]', 'cel', 'tolerations[0]', 'replicas.capacity.perReplica']) {
    assert.equal(placement.summary.message.split(`spec.placement.${path}`).length, 2, placement.summary.message);
  }
});

describe('other Apps', () => {
  const other = (name: string, cluster: string): KubeObject => ({
    ...app({ assignments: [{ cluster, clusterSet: 'eu', phase: 'Healthy' }] }),
    metadata: { namespace: 'team', name, labels: { noisy: 'yes' } },
  });
  const fleet = ['a', 'b'].map((name) => member(name));
  const known = (...apps: readonly KubeObject[]) =>
    new Map<string, readonly KubeObject[]>([
      ['apps', apps],
      ['app-slices', []],
    ]);
  const sliceOf = (name: string, ...clusters: readonly string[]): KubeObject => ({
    ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice', metadata: { namespace: 'team', name } },
    spec: { owner: { kind: 'App', name }, assignments: clusters.map((cluster) => ({ cluster, state: 'Assigned' })) },
  });

  test('are where their slices say, of which a status lists only the first hundred', () => {
    const far = { ...other('db', 'z'), status: {} };
    const required = new Map([...known(far), ['app-slices', [sliceOf('db', 'b')]] as const]);
    assert.deepEqual(names(decide(fleet, { appAffinity: [{ name: 'db' }] }, { required })), ['b']);
    assert.deepEqual(names(decide(fleet, { appAntiAffinity: [{ name: 'db' }] }, { required })), ['a']);
  });

  test('that came to a cluster first keep it, while the later one is not healthy there', () => {
    const spec: PlacementSpec = { numberOfClusters: 1, appAntiAffinity: [{ matchLabels: { noisy: 'yes' } }] };
    const beside = (name: string, isHealthy: boolean) => {
      const required = known(other(name, 'a'));
      return names(decide(fleet, spec, { required, present: [present('a', { isHealthy })] }));
    };
    assert.deepEqual(beside('db', false), ['b'], 'db comes before shop');
    assert.deepEqual(beside('db', true), ['a']);
    assert.deepEqual(beside('zoo', false), ['a']);
  });

  test('are asked for only when they matter, and until they are known what runs is kept', () => {
    assert.deepEqual(decide(fleet, {}).requirements, {});
    const { requirements, placement } = decide(fleet, { appAffinity: [{ name: 'db' }] });
    assert.deepEqual(Object.keys(requirements), ['apps', 'app-slices']);
    assert.deepEqual([placement.mode, placement.summary.reason], ['KeepLastGood', 'Resolving']);
  });

  test('draw an App to their clusters, or keep it off', () => {
    const required = known(other('db', 'a'), { ...app(), status: other('shop', 'b').status ?? {} });
    assert.deepEqual(names(decide(fleet, { appAffinity: [{ name: 'db' }] }, { required })), ['a']);
    const apart = decide(fleet, { appAntiAffinity: [{ matchLabels: { noisy: 'yes' } }] }, { required });
    assert.deepEqual(names(apart), ['b']);
    assert.equal(reason(apart, 'a'), 'an App with noisy=yes is there');
  });

  test('that only wait to join a cluster count against it, but not for it', () => {
    const waiting = {
      ...other('db', 'a'),
      status: { assignments: [{ cluster: 'a', clusterSet: 'eu', phase: 'Waiting' }] },
    };
    const required = known(waiting);
    assert.deepEqual(names(decide(fleet, { appAntiAffinity: [{ name: 'db' }] }, { required })), ['b']);
    assert.deepEqual(names(decide(fleet, { appAffinity: [{ name: 'db' }] }, { required })), []);
  });

  test('make clusters less attractive when balance has a weight', () => {
    const required = known(other('db', 'a'));
    assert.deepEqual(names(decide(fleet, { numberOfClusters: 1, scoreWeights: { balance: 1 } }, { required })), ['b']);
  });
});

describe('PlacementDecisions of another scheduler', () => {
  const fleet = ['a', 'b', 'c'].map((name) => member(name));
  const slice = (index: number, ...profiles: readonly string[]): KubeObject => ({
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'PlacementDecision',
    metadata: {
      ...{ namespace: 'team', name: `d-${index}` },
      labels: { 'multicluster.x-k8s.io/decision-index': String(index) },
    },
    decisions: profiles.map((name) => ({ clusterProfileRef: { namespace: 'fleet', name } })),
  });
  const follow = (
    decisions: readonly KubeObject[],
    spec: PlacementSpec = {},
    missing: PlacementFacts['missing'] = [],
  ) =>
    decide(
      fleet,
      { fromDecision: 'web', ...spec },
      { required: new Map([['placement-decisions', decisions]]), present: [present('a')], missing },
    );
  const longAgo = [{ cluster: 'a', since: formatTimestamp(now - 300_000) }];

  test('are followed, all slices of them, within the other rules', () => {
    assert.deepEqual(names(follow([slice(0, 'profile-a'), slice(1, 'profile-b')])), ['a', 'b']);
    assert.deepEqual(names(follow([slice(0, 'profile-a', 'profile-b')], { excludedClusterNames: ['a'] })), ['b']);
  });

  test('take work off a cluster that they have not named for the grace period', () => {
    const missed = follow([slice(0, 'profile-b')]);
    assert.equal(missed.placement.verdicts.find(({ cluster }) => cluster === 'a')?.verdict, 'Kept');
    assert.deepEqual(missed.missing, [{ cluster: 'a', since: formatTimestamp(now) }]);
    assert.equal(missed.placement.nextDecisionAt, now + 300_000);
    const { placement, missing } = follow([slice(0, 'profile-b')], {}, longAgo);
    assert.equal(placement.verdicts.find(({ cluster }) => cluster === 'a')?.verdict, 'Leaving');
    assert.deepEqual(missing, longAgo);
    const impatient = follow([slice(0, 'profile-b')], { gracePeriodSeconds: 0 });
    assert.equal(impatient.placement.verdicts.find(({ cluster }) => cluster === 'a')?.verdict, 'Leaving');
  });

  test('that name it again begin its patience anew', () => {
    assert.deepEqual(follow([slice(0, 'profile-a')], {}, longAgo).missing, []);
  });

  test('that are not there remove nothing, and nor do empty ones', () => {
    assert.equal(follow([]).placement.summary.reason, 'DecisionMissing');
    assert.match(follow([]).placement.summary.message, /decision-key=web/);
    assert.equal(follow([slice(0)], {}, longAgo).placement.mode, 'KeepLastGood');
  });

  test('that are not whole decide nothing, and count for no patience', () => {
    const cases: readonly (readonly [readonly KubeObject[], RegExp])[] = [
      [[slice(0, 'profile-b'), slice(2, 'profile-c')], /of 2 slices none has the index 1/],
      [[slice(1, 'profile-b')], /of 1 slice none has the index 0/],
      [[slice(0, 'profile-b'), slice(0, 'profile-c')], /two slices have the index 0/],
      [[slice(0, 'profile-b'), slice(1, 'profile-b')], /two slices name ClusterProfile fleet\/profile-b/],
    ];
    for (const [decisions, message] of cases) {
      const { placement, missing } = follow(decisions, {}, longAgo);
      assert.deepEqual([placement.mode, placement.summary.reason], ['KeepLastGood', 'DecisionUnclear']);
      assert.match(placement.summary.message, message);
      assert.deepEqual(missing, []);
    }
  });
});

test('a cluster kept for a tenant is for no other, but for the platform', () => {
  const fleet = [member('a', { labels: { 'crossply.dev/tenant': 'other' } }), member('b')];
  const inventory = { requirements: {}, clusterSets: [setOf(fleet)] };
  assert.deepEqual(names(decide(fleet, {}, { inventory })), ['a', 'b']);
  const forTenants = decide(fleet, {}, { inventory: { ...inventory, isForTenants: true } });
  assert.deepEqual([names(forTenants), reason(forTenants, 'a')], [['b'], 'kept for other']);
});

test('requirements are about the version and the kinds that a cluster serves', () => {
  const fleet = [
    member('old', { version: 'v1.32.9' }),
    member('new', {
      version: 'v1.35.1',
      properties: { 'apis.crossply.dev/HTTPRoute.v1.gateway.networking.k8s.io': 'true' },
    }),
    member('plain', { version: 'v1.34.0' }),
    member('silent'),
  ];
  const requirements = {
    minKubernetesVersion: '1.33',
    maxKubernetesVersion: '1.35',
    apis: ['HTTPRoute.v1.gateway.networking.k8s.io'],
  };
  const decided = decide(fleet, { requirements });
  assert.deepEqual(names(decided), ['new']);
  assert.equal(reason(decided, 'old'), 'version < 1.33');
  assert.equal(reason(decided, 'plain'), 'does not serve HTTPRoute.v1.gateway.networking.k8s.io');
  assert.equal(reason(decided, 'silent'), 'Kubernetes version is not known');
  assert.equal(reason(decide([member('x', { version: 'v1.36.0' })], { requirements }), 'x'), 'version > 1.35');
});

describe('replicas that overflow', () => {
  const fleet = [
    member('own', { labels: { kind: 'own' }, properties: { cpu: '2' } }),
    member('rented', { labels: { kind: 'rented' }, properties: { cpu: '10' } }),
  ];
  const spec: PlacementSpec = {
    groups: ['own', 'rented'].map((kind) => ({ name: kind, clusters: { clusterSelector: { matchLabels: { kind } } } })),
    replicas: { mode: 'Divided', strategy: 'Capacity', capacity: { property: 'cpu', perReplica: '1' } },
  };
  const replicas = (total: number) =>
    decide(fleet, spec, { totals: { web: total } }).placement.chosen.map((each) => [
      each.facts.name,
      each.replicas['web'],
    ]);

  test('fill the first group before the next, which is left alone while it is not needed', () => {
    assert.deepEqual(replicas(2), [['own', 2]]);
    assert.deepEqual(replicas(5), [
      ['own', 2],
      ['rented', 3],
    ]);
  });

  test('and find no room anywhere are counted', () => {
    const { placement } = decide(fleet, spec, { totals: { web: 14 } });
    assert.equal(placement.summary.reason, 'TooFewReplicas');
    assert.match(placement.summary.message, /web: 2 of 14 replicas find no room/);
  });
});

test('Aggregated takes as few clusters as fit, and says of the others that they are not needed', () => {
  const fleet = [member('a', { properties: { cpu: '3' } }), member('b', { properties: { cpu: '9' } })];
  const replicas = { mode: 'Divided', strategy: 'Aggregated', capacity: { property: 'cpu', perReplica: '1' } } as const;
  const decided = decide(fleet, { replicas }, { totals: { web: 5 } });
  assert.deepEqual(names(decided), ['b']);
  assert.equal(reason(decided, 'a'), 'matches, but the replicas fit on the others');
});

test('a cluster without room gets no new work, and keeps what it runs', () => {
  const fleet = [member('a', { properties: { cpu: '0' } }), member('b', { properties: { cpu: '4' } })];
  const spec: PlacementSpec = { replicas: { capacity: { property: 'cpu', perReplica: '500m' } } };
  const fresh = decide(fleet, spec);
  assert.deepEqual(names(fresh), ['b']);
  assert.equal(fresh.placement.verdicts[0]?.suggestion, 'would be selected with room for one more replica');
  assert.deepEqual(names(decide(fleet, spec, { present: [present('a')] })), ['a', 'b']);
});

describe('starting over', () => {
  const rescheduleAt = '2026-01-01T00:05:00Z';

  test('is remembered once there is nothing left to exchange', () => {
    const { placement } = decide([member('a')], { rescheduleAt }, { present: [present('a')] });
    assert.equal(placement.rescheduledAt, rescheduleAt);
    const composite = app({ placement: { rescheduledAt: rescheduleAt } });
    assert.equal(decide([member('a')], {}, { composite }).placement.rescheduledAt, rescheduleAt);
  });

  test('in the future is when to look again', () => {
    const { placement } = decide([member('a')], { rescheduleAt: '2026-01-01T01:00:00Z' });
    assert.equal(placement.nextDecisionAt, Date.UTC(2026, 0, 1, 1));
    assert.equal(placement.rescheduledAt, undefined);
  });
});
