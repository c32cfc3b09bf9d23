import assert from 'node:assert/strict';
import test from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import { createOfflineHub } from './hub.ts';
import type { HubOptions } from './hub-options.ts';
import { asObject } from './lenient-json.ts';

const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };
const webRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'team', name: 'web' };

function deployment(image: string, spec: JsonObject = { replicas: 2 }): KubeObject {
  const template = { spec: { containers: [{ name: 'web', image }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'team' },
    spec: { ...spec, template },
  };
}

function wrap(name: string, manifest: KubeObject, spec: JsonObject = {}): KubeObject {
  return {
    apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
    kind: 'Object',
    metadata: { name, namespace: 'hub' },
    spec: { forProvider: { manifest }, providerConfigRef: { kind: 'ClusterProviderConfig', name: 'eu1' }, ...spec },
  };
}

const objectRef = (name: string) => ({
  apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
  kind: 'Object',
  namespace: 'hub',
  name,
});

function start(options: Partial<HubOptions> = {}) {
  const hub = createOfflineHub({ functions: {}, xrds: [], compositions: [], ...options });
  const member = hub.addMember('eu1');
  const condition = (name: string, type: string) => {
    const object = hub.get(objectRef(name));
    return object && findCondition(object, type);
  };
  return { hub, member, condition };
}

const celReady = {
  readiness: {
    policy: 'DeriveFromCelQuery',
    celQuery:
      'has(object.status.availableReplicas) && object.status.availableReplicas == object.spec.replicas && object.status.updatedReplicas == object.spec.replicas',
  },
};

test('an Object is applied to its member and shows the whole remote object', async () => {
  const { hub, member, condition } = start();
  hub.apply(wrap('ns', namespace));
  await hub.runUntilSettled();
  const remote = member.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'team' });
  assert.ok(remote?.metadata.uid);
  assert.equal(asObject(asObject(hub.get(objectRef('ns'))?.status)['atProvider'])['manifest'], remote);
  assert.equal(condition('ns', 'Ready')?.status, 'True');
  assert.deepEqual(
    [condition('ns', 'Synced')?.status, condition('ns', 'Synced')?.observedGeneration],
    ['True', hub.get(objectRef('ns'))?.metadata.generation],
  );
});

test('without its namespace an object is refused, and retried until the namespace is there', async () => {
  const { hub, condition } = start();
  hub.apply(wrap('web', deployment('web:1')));
  await hub.runUntilSettled();
  assert.match(condition('web', 'Synced')?.message ?? '', /^create failed: .*namespaces "team" not found$/);
  hub.apply(wrap('ns', namespace));
  await hub.runUntilSettled();
  assert.equal(condition('web', 'Synced')?.status, 'True');
});

test('a field that the Object stops applying vanishes, one that somebody else owns stays', async () => {
  const { hub, member } = start();
  hub.apply(wrap('ns', namespace));
  hub.apply(wrap('web', deployment('web:1', { replicas: 2, paused: true })));
  await hub.runUntilSettled();
  member.store.apply({ ...deployment('web:1', { replicas: 5 }), spec: { replicas: 5 } }, 'autoscaler');
  hub.apply(wrap('web', deployment('web:2', {})));
  await hub.runUntilSettled();
  const { replicas, paused } = asObject(member.store.get(webRef)?.spec);
  assert.deepEqual([replicas, paused], [5, undefined]);
});

test('readiness by CEL turns True at the poll after the pods are, or at once with a watch', async () => {
  const { hub, condition } = start();
  hub.apply(wrap('ns', namespace));
  await hub.runUntilSettled();
  hub.apply(wrap('web', deployment('web:1'), celReady));
  await hub.runFor(20);
  assert.equal(condition('web', 'Ready')?.reason, 'Unavailable');
  await hub.runFor(15);
  assert.equal(condition('web', 'Ready')?.status, 'True');
  hub.apply(wrap('web', deployment('web:1'), { ...celReady, watch: true }));
  hub.apply(wrap('web', deployment('web:2', { replicas: 3 }), { ...celReady, watch: true }));
  await hub.runFor(1);
  assert.equal(condition('web', 'Ready')?.status, 'False');
  await hub.runFor(4);
  assert.equal(condition('web', 'Ready')?.status, 'True');
});

test('a provider that only polls sees a regression of a Ready object ten minutes late', async () => {
  const { hub, member, condition } = start({ faults: { pollOnly: true } });
  hub.apply(wrap('ns', namespace));
  hub.apply(wrap('web', deployment('web:1'), { ...celReady, watch: true }));
  await hub.runUntilSettled();
  member.setImageHealth('web:1', false);
  await hub.runFor(300);
  assert.equal(condition('web', 'Ready')?.status, 'True');
  await hub.runFor(400);
  assert.equal(condition('web', 'Ready')?.status, 'False');
});

test('a watch shows nothing of a member that is down', async () => {
  const { hub, member, condition } = start();
  hub.apply(wrap('ns', namespace, { watch: true }));
  await hub.runUntilSettled();
  hub.setMemberDown('eu1', true);
  member.store.apply({ ...namespace, metadata: { name: 'team', labels: { a: 'b' } } }, 'somebody');
  await hub.runFor(60);
  assert.equal(condition('ns', 'Synced')?.status, 'True');
});

test('Ready still speaks of the old content until the provider has seen the new: Synced lags the generation', async () => {
  const { hub, condition } = start();
  hub.apply(wrap('ns', namespace));
  await hub.runUntilSettled();
  hub.apply(wrap('ns', { ...namespace, metadata: { name: 'team', labels: { a: 'b' } } }));
  assert.equal(condition('ns', 'Ready')?.status, 'True');
  const generation = hub.get(objectRef('ns'))?.metadata.generation ?? 0;
  assert.equal(condition('ns', 'Synced')?.observedGeneration, generation - 1);
});

test('a member that is down: Synced turns False, Ready keeps its value, deletion hangs until it is back', async () => {
  const { hub, member, condition } = start();
  hub.apply(wrap('ns', namespace));
  await hub.runUntilSettled();
  hub.setMemberDown('eu1', true);
  await hub.runFor(700);
  assert.equal(condition('ns', 'Ready')?.status, 'True');
  assert.match(condition('ns', 'Synced')?.message ?? '', /connection refused/);
  hub.delete(objectRef('ns'));
  hub.apply(wrap('never', { ...namespace, metadata: { name: 'never' } }));
  await hub.runUntilSettled();
  assert.ok(hub.get(objectRef('ns')));
  hub.delete(objectRef('never'));
  assert.equal(hub.get(objectRef('never')), undefined);
  hub.setMemberDown('eu1', false);
  await hub.runUntilSettled();
  assert.equal(hub.get(objectRef('ns')), undefined);
  assert.equal(member.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'team' }), undefined);
});

test('the remote object is not deleted while the Object has finalizers of others', async () => {
  const { hub, member } = start();
  const object = wrap('ns', namespace);
  hub.apply({ ...object, metadata: { ...object.metadata, finalizers: ['somebody'] } });
  await hub.runUntilSettled();
  hub.delete(objectRef('ns'));
  await hub.runFor(60);
  const remote = member.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'team' });
  assert.ok(remote);
  assert.equal(remote.metadata.deletionTimestamp, undefined);
  hub.apply(object);
  await hub.runUntilSettled();
  assert.equal(hub.get(objectRef('ns')), undefined);
});

test('an Object without Delete among its policies leaves its remote object', async () => {
  const { hub, member } = start();
  hub.apply(wrap('ns', namespace, { managementPolicies: ['Observe', 'Create', 'Update'] }));
  await hub.runUntilSettled();
  hub.delete(objectRef('ns'));
  await hub.runUntilSettled();
  assert.equal(hub.get(objectRef('ns')), undefined);
  assert.ok(member.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'team' }));
});

test('a provider config that reaches no member is told', async () => {
  const { hub, condition } = start();
  hub.apply(wrap('ns', namespace, { providerConfigRef: { kind: 'ClusterProviderConfig', name: 'gone' } }));
  await hub.runFor(5);
  assert.match(
    condition('ns', 'Synced')?.message ?? '',
    /ClusterProviderConfig.kubernetes.m.crossplane.io "gone" not found/,
  );
});

test('a kind that the member does not know is told', async () => {
  const { hub, condition } = start();
  hub.addMember('eu2', { missingKinds: ['v1/Namespace'] });
  hub.apply(wrap('ns', namespace, { providerConfigRef: { kind: 'ClusterProviderConfig', name: 'eu2' } }));
  await hub.runFor(5);
  assert.match(condition('ns', 'Synced')?.message ?? '', /no matches for kind "Namespace" in version "v1"/);
});
