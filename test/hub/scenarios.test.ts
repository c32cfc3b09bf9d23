import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OfflineHub } from '../../cli/offline-hub/hub.ts';
import type { AppSpec, RolloutStatus } from '../../functions/generated/types.ts';
import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import { settleExample } from '../properties/example-world.ts';

const ref = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'boutique-prod', name: 'boutique' };

/** Reads the production App, which runs on three clusters. */
function appOf(hub: OfflineHub): KubeObject {
  const app = hub.get(ref);
  assert.ok(app);
  return app;
}

const statusOf = (hub: OfflineHub) => (appOf(hub).status ?? {}) as RolloutStatus;

/** Applies the App with changes to its spec, as somebody with kubectl would. */
function edit(hub: OfflineHub, change: (spec: AppSpec) => AppSpec): void {
  const { apiVersion, kind, spec } = appOf(hub);
  const { crossplane: _, ...own } = spec as AppSpec & { readonly crossplane?: unknown };
  const edited = {
    apiVersion,
    kind,
    metadata: { name: ref.name, namespace: ref.namespace },
    spec: change(own) as KubeObject['spec'],
  };
  assert.equal(hub.apply(edited as KubeObject).problems, undefined);
}

function exclude(hub: OfflineHub, names: readonly string[]): void {
  edit(hub, ({ placement, ...spec }) => ({ ...spec, placement: { ...placement, excludedClusterNames: names } }));
}

/** The Deployments of the App in a member, with their uids. */
function deployments(hub: OfflineHub, member: string): ReadonlyMap<string, string> {
  const objects = [...(hub.members.get(member)?.store.index.all() ?? [])];
  const own = objects.filter(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.namespace === 'boutique-prod-shop',
  );
  return new Map(own.map(({ metadata }) => [metadata.name ?? '', metadata.uid ?? '']));
}

const settle = (hub: OfflineHub) => hub.runUntilSettled({ maxVirtualSeconds: 3600 });

describe('deleting an App', () => {
  test('is refused with the reason while it is protected, and removes all of it once that is lifted', async () => {
    const { hub } = await settleExample('online-boutique');
    const [refusal] = hub.delete(ref);
    assert.match(
      refusal?.message ?? '',
      /App boutique runs on member clusters .* set spec\.deletionPolicy: Delete first/,
    );
    assert.equal(deployments(hub, 'eu-1').size, 12);
    edit(hub, (spec) => ({ ...spec, deletionPolicy: 'Delete' }));
    await settle(hub);
    assert.deepEqual(hub.delete(ref), []);
    await settle(hub);
    assert.equal(hub.get(ref), undefined);
    for (const member of ['eu-1', 'us-1', 'asia-1']) assert.equal(deployments(hub, member).size, 0);
    const left = ['AssignmentSlice', 'App'].flatMap((kind) =>
      hub.list({ apiVersion: ref.apiVersion, kind, namespace: ref.namespace }),
    );
    assert.deepEqual(
      left.map(({ spec }) => (spec as { owner: { kind: string } }).owner.kind),
      ['ComputeNamespace'],
    );
  });
});

describe('a cluster that leaves', () => {
  test('while it is down shows how much is left of it, waits when it is wanted again, and comes back whole', async () => {
    const { hub } = await settleExample('online-boutique');
    hub.setMemberDown('us-1', true);
    exclude(hub, ['us-1']);
    await hub.runFor(120);
    const leaving = statusOf(hub).assignments?.find(({ cluster }) => cluster === 'us-1');
    assert.deepEqual([leaving?.phase, leaving?.message], ['Leaving', 'leaving: 23 objects are not gone yet']);
    exclude(hub, []);
    await hub.runFor(120);
    assert.match(
      statusOf(hub).assignments?.find(({ cluster }) => cluster === 'us-1')?.message ?? '',
      /is still leaving; joins again/,
    );
    hub.setMemberDown('us-1', false);
    await settle(hub);
    assert.deepEqual([statusOf(hub).phase, deployments(hub, 'us-1').size], ['Healthy', 12]);
  });

  test('takes nothing from the others', async () => {
    const { hub } = await settleExample('online-boutique');
    const before = deployments(hub, 'eu-1');
    exclude(hub, ['us-1']);
    await settle(hub);
    assert.equal(deployments(hub, 'us-1').size, 0);
    assert.deepEqual(deployments(hub, 'eu-1'), before);
  });
});

describe('a mistake that would remove too much', () => {
  test('removes nothing, names the clusters and the limit, and goes on once that is raised', async () => {
    const { hub } = await settleExample('online-boutique');
    exclude(hub, ['us-1', 'asia-1']);
    await settle(hub);
    assert.equal(deployments(hub, 'us-1').size, 12);
    const held = findCondition(appOf(hub), 'RemovalHeld');
    assert.match(
      held?.message ?? '',
      /2 clusters should leave.*: asia-1, us-1; .* raise spec\.rollout\.maxRemovals to 2/,
    );
    edit(hub, ({ rollout, ...spec }) => ({ ...spec, rollout: { ...rollout, maxRemovals: 2 } }));
    await settle(hub);
    assert.deepEqual(
      [deployments(hub, 'us-1').size, deployments(hub, 'asia-1').size, deployments(hub, 'eu-1').size],
      [0, 0, 12],
    );
  });

  test('such as every ClusterProfile gone at once, changes nothing at all', async () => {
    const { hub } = await settleExample('online-boutique');
    const before = deployments(hub, 'us-1');
    for (const { apiVersion, kind, metadata } of hub.list({
      apiVersion: 'multicluster.x-k8s.io/v1alpha1',
      kind: 'ClusterProfile',
    })) {
      hub.delete({ apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
    }
    await hub.runFor(4 * 3600);
    assert.deepEqual(deployments(hub, 'us-1'), before);
    assert.equal(statusOf(hub).phase, 'Healthy');
  });
});

test('a bad image stops at the first cluster, and the others never see it', async () => {
  const { hub } = await settleExample('online-boutique');
  edit(hub, ({ components = [], ...spec }) => ({
    ...spec,
    components: components.map((component) =>
      component.name === 'frontend' ? { ...component, image: 'redis:broken' } : component,
    ),
  }));
  await hub.runFor(1800);
  const images = ['asia-1', 'eu-1', 'us-1'].map((member) => {
    const frontend = [...(hub.members.get(member)?.store.index.all() ?? [])].find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'frontend',
    );
    return JSON.stringify(frontend?.spec).includes('redis:broken');
  });
  assert.deepEqual(images, [true, false, false]);
  assert.equal(statusOf(hub).phase, 'Degraded');
});
