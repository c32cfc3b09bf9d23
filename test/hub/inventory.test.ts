import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfflineHub } from '../../cli/offline-hub/hub.ts';
import type { AssignmentSliceStatus, ClusterSetStatus, RolloutStatus } from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import { settleExample } from '../properties/example-world.ts';

const group = 'crossply.dev/v1alpha1';
const app = { apiVersion: group, kind: 'App', namespace: 'boutique-prod', name: 'boutique' };

/** What a kind with clusters says of one of them. */
function sayOf(hub: OfflineHub, cluster: string, ref: Parameters<OfflineHub['get']>[0] = app) {
  const object = hub.get(ref);
  assert.ok(object);
  const { phase, clusters, assignments = [] } = object.status as RolloutStatus;
  const row = assignments.find((each) => each.cluster === cluster);
  return {
    ...{ phase, healthy: clusters?.healthy, desired: clusters?.desired },
    cluster: row?.phase,
    message: row?.message ?? '',
    ready: findCondition(object, 'Ready')?.status,
    why: findCondition(object, 'RolledOut')?.message ?? '',
  };
}

/** Has the cluster manager say whether a control plane is healthy. */
function report(hub: OfflineHub, cluster: string, status: 'True' | 'False'): void {
  const profile = hub
    .list({ apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ClusterProfile' })
    .find(({ metadata }) => metadata.name === cluster);
  assert.ok(profile);
  const time = new Date(hub.clock.milliseconds).toISOString();
  const condition = { type: 'ControlPlaneHealthy', status, reason: 'R', message: '', lastTransitionTime: time };
  const {
    metadata: { managedFields: _, ...metadata },
  } = profile;
  const next = { ...profile, metadata, status: { ...(profile.status as object), conditions: [condition] } };
  assert.equal(hub.apply(next as KubeObject).problems, undefined);
}

function sliceReport(hub: OfflineHub, cluster: string) {
  const slices = hub.list({ apiVersion: group, kind: 'AssignmentSlice', namespace: app.namespace });
  const own = slices.filter(({ spec }) => (spec as { owner: { kind: string } }).owner.kind === 'App');
  const slice = own.find(({ status }) =>
    (status as AssignmentSliceStatus).assignments?.some((e) => e.cluster === cluster),
  );
  const { assignments = [], clusters } = (slice?.status ?? {}) as AssignmentSliceStatus;
  return { ...assignments.find((each) => each.cluster === cluster), counts: clusters };
}

test('a cluster that the inventory calls unhealthy is healthy in no status within a minute, and comes back by itself', async () => {
  const { hub } = await settleExample('online-boutique');
  assert.deepEqual([sayOf(hub, 'us-1').phase, sayOf(hub, 'us-1').healthy], ['Healthy', 3]);
  await hub.runFor(3600);
  hub.setMemberDown('us-1', true);
  report(hub, 'us-1', 'False');
  await hub.runFor(60);
  const said = sayOf(hub, 'us-1');
  assert.deepEqual(
    [said.phase, said.healthy, said.desired, said.cluster, said.ready],
    ['Progressing', 2, 3, 'Unreachable', 'False'],
  );
  assert.match(said.message, /^the inventory says it is unhealthy since 2026-01-\d\dT[\d:]+Z$/);
  assert.match(said.why, /2 are healthy; us-1: the inventory says it is unhealthy since/);
  const slice = sliceReport(hub, 'us-1');
  assert.equal(slice.phase, 'Unreachable');
  assert.match(slice.messages?.[0] ?? '', /^the inventory says it is unhealthy since 2026-01-\d\dT[\d:]+Z$/);
  assert.equal(slice.counts?.healthy, (slice.counts?.desired ?? 0) - 1);
  const namespace = { apiVersion: group, kind: 'ComputeNamespace', namespace: 'boutique-prod', name: 'shop' };
  const tier = { apiVersion: group, kind: 'Tier', namespace: 'platform', name: 'prod' };
  for (const ref of [namespace, tier]) assert.equal(sayOf(hub, 'us-1', ref).cluster, 'Unreachable', ref.kind);
  await hub.runFor(700);
  assert.equal(sayOf(hub, 'us-1').phase, 'Degraded');
  hub.setMemberDown('us-1', false);
  report(hub, 'us-1', 'True');
  await hub.runFor(120);
  const after = sayOf(hub, 'us-1');
  assert.deepEqual([after.phase, after.healthy, after.cluster, after.ready], ['Healthy', 3, 'Healthy', 'True']);
});

test('what the inventory called unhealthy stays so while its ClusterSet says nothing', async () => {
  const { hub } = await settleExample('online-boutique');
  report(hub, 'us-1', 'False');
  await hub.runFor(60);
  const since = sayOf(hub, 'us-1').message;
  for (const { apiVersion, kind, metadata } of hub.list({ apiVersion: group, kind: 'ClusterSet' })) {
    hub.delete({ apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
  }
  await hub.runFor(120);
  assert.equal(sayOf(hub, 'us-1').cluster, 'Unreachable');
  assert.ok(sayOf(hub, 'us-1').message.endsWith(`; ${since}`), sayOf(hub, 'us-1').message);
});

test('a cluster that is paused in its ClusterSet is kept although it should leave, and leaves when it no longer is', async () => {
  const { hub } = await settleExample('online-boutique');
  const set = { apiVersion: group, kind: 'ClusterSet', namespace: 'platform', name: 'prod-world' };
  edit(hub, set, {
    paused: [
      { cluster: 'us-1', reason: 'Etcd is being moved.' },
      { cluster: 'us-9', reason: 'x' },
    ],
  });
  await hub.runFor(30);
  const members = ((hub.get(set)?.status ?? {}) as ClusterSetStatus).counts;
  assert.deepEqual(members, { members: 3, healthy: 3, paused: 1 });
  const inventoried = findCondition(hub.get(set) ?? assert.fail(), 'Inventoried');
  assert.equal(inventoried?.status, 'False');
  assert.match(
    inventoried?.message ?? '',
    /^spec\.paused\[1\]\.cluster: no member is named "us-9"; did you mean "us-1"/,
  );
  edit(hub, app, { placement: { excludedClusterNames: ['us-1'] } });
  await hub.runFor(60);
  const verdictOf = () =>
    ((hub.get(app)?.status ?? {}) as RolloutStatus).placement?.verdicts?.find(({ cluster }) => cluster === 'us-1');
  assert.deepEqual(verdictOf(), {
    cluster: 'us-1',
    verdict: 'Kept',
    reason: 'paused in ClusterSet prod-world: Etcd is being moved.',
  });
  assert.equal(sayOf(hub, 'us-1').cluster, 'Healthy');
  edit(hub, set, { paused: [] });
  await hub.runFor(60);
  assert.equal(sayOf(hub, 'us-1').cluster, undefined);
});

/** Changes fields of a spec, as somebody with kubectl would. */
function edit(hub: OfflineHub, ref: typeof app, change: JsonObject): void {
  const { apiVersion, kind, metadata, spec } = hub.get(ref) ?? assert.fail();
  const { crossplane: _, ...own } = spec as JsonObject;
  const { name = '', namespace = '' } = metadata;
  const edited: KubeObject = { apiVersion, kind, metadata: { name, namespace }, spec: { ...own, ...change } };
  assert.equal(hub.apply(edited).problems, undefined);
}
