import assert from 'node:assert/strict';
import test from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import { createOfflineHub } from './hub.ts';
import { asObject } from './lenient-json.ts';
import { refTo } from './object-ref.ts';

function start() {
  const hub = createOfflineHub({ functions: {}, xrds: [], compositions: [] });
  const member = hub.addMember('eu1');
  member.store.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }, 'test');
  const apply = async (kind: string, image: string, spec: JsonObject = {}, seconds = 10) => {
    const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
    const template = { spec: { containers: [{ name: 'main', image }] } };
    const object: KubeObject = {
      apiVersion,
      kind,
      metadata: { name: 'x', namespace: 'team' },
      spec: { ...spec, template },
    };
    assert.equal(member.store.apply(object, 'test').refusal, undefined);
    await hub.runFor(seconds);
    return member.store.get(refTo(object)) ?? object;
  };
  return { hub, member, apply };
}

const counts = (object: KubeObject, ...names: string[]) => names.map((name) => asObject(object.status)[name]);

test('a Deployment becomes available after a few seconds', async () => {
  const { apply } = start();
  const early = await apply('Deployment', 'web:1', { replicas: 3 }, 1);
  assert.deepEqual(counts(early, 'updatedReplicas', 'readyReplicas', 'observedGeneration'), [3, undefined, 1]);
  const late = await apply('Deployment', 'web:1', { replicas: 3 });
  assert.deepEqual(counts(late, 'replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'), [3, 3, 3, 3]);
  assert.equal(findCondition(late, 'Available')?.status, 'True');
});

test('an update starts the wait anew', async () => {
  const { apply } = start();
  await apply('Deployment', 'web:1', { replicas: 1 }, 2);
  const halfway = await apply('Deployment', 'web:2', { replicas: 1 }, 2);
  assert.deepEqual(counts(halfway, 'readyReplicas', 'observedGeneration'), [undefined, 2]);
});

test('an update to a broken image stops with the old pods serving, and misses its deadline', async () => {
  const { hub, member, apply } = start();
  await apply('Deployment', 'web:1', { replicas: 4 });
  const stuck = await apply('Deployment', 'web:broken', { replicas: 4 });
  assert.deepEqual(
    counts(stuck, 'replicas', 'updatedReplicas', 'availableReplicas', 'unavailableReplicas'),
    [5, 2, 3, 2],
  );
  assert.equal(findCondition(stuck, 'Available')?.status, 'True');
  await hub.runFor(600);
  const late = member.store.get(refTo(stuck));
  assert.equal(late && findCondition(late, 'Progressing')?.reason, 'ProgressDeadlineExceeded');
});

test('an image that fails takes running pods down, and heals', async () => {
  const { hub, member, apply } = start();
  const { metadata } = await apply('StatefulSet', 'db:1', { replicas: 2 });
  const ready = () =>
    counts(
      member.store.get({
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        namespace: 'team',
        name: metadata.name ?? '',
      }) ?? { apiVersion: '', kind: '', metadata: {} },
      'readyReplicas',
    )[0];
  assert.equal(ready(), 2);
  member.setImageHealth('db:1', false);
  await hub.runFor(5);
  assert.equal(ready(), undefined);
  member.setImageHealth('db:1', true);
  await hub.runFor(5);
  assert.equal(ready(), 2);
});

test('a DaemonSet covers its nodes, a Job completes, a broken one does not', async () => {
  const { apply } = start();
  assert.deepEqual(
    counts(await apply('DaemonSet', 'agent:1'), 'desiredNumberScheduled', 'numberReady', 'updatedNumberScheduled'),
    [3, 3, 3],
  );
  const done = await apply('Job', 'task:1');
  assert.equal(findCondition(done, 'Complete')?.status, 'True');
});

test('a Job with a broken image stays active', async () => {
  const { apply } = start();
  const job = await apply('Job', 'task:broken');
  assert.deepEqual(counts(job, 'active', 'succeeded'), [1, undefined]);
});

test('the template of a Job cannot be changed', async () => {
  const { member, apply } = start();
  const job = await apply('Job', 'task:1');
  const changed = { ...job, spec: { template: { spec: { containers: [{ name: 'main', image: 'task:2' }] } } } };
  assert.equal(member.store.apply(changed, 'test').refusal?.reason, 'Invalid');
});

test('a claim is bound, a Service gets an address and keeps it', async () => {
  const { hub, member } = start();
  const claim: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'team' },
    spec: {},
  };
  const service: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'team' },
    spec: { ports: [{ port: 80 }] },
  };
  member.store.apply(claim, 'test');
  member.store.apply(service, 'test');
  await hub.runFor(2);
  assert.equal(asObject(member.store.get(refTo(claim))?.status)['phase'], 'Bound');
  const address = () => asObject(member.store.get(refTo(service))?.spec)['clusterIP'];
  const before = address();
  assert.match(String(before), /^10\.96\./);
  member.store.apply({ ...service, spec: { ports: [{ port: 81 }] } }, 'test');
  assert.equal(address(), before);
});

test('deleting a Namespace deletes what is in it, and refuses new content meanwhile', async () => {
  const { hub, member, apply } = start();
  const web = await apply('Deployment', 'web:1');
  member.store.delete({ apiVersion: 'v1', kind: 'Namespace', name: 'team' });
  const late: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late', namespace: 'team' } };
  assert.match(member.store.apply(late, 'test').refusal?.message ?? '', /because it is being terminated/);
  await hub.runFor(5);
  assert.equal(member.store.get(refTo(web)), undefined);
  assert.equal(member.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'team' }), undefined);
});
