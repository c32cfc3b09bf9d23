import assert from 'node:assert/strict';
import test from 'node:test';
import { builtInRules } from '../../functions/health/built-in-rules.ts';
import { ownRules } from '../../functions/health/health-rules.ts';
import { healthySign } from '../../functions/health/healthy-sign.ts';
import { judgeHealth } from '../../functions/health/judge-health.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { evaluateReadiness } from './cel-readiness.ts';
import { guessedStatus } from './controller-status.ts';
import { createOfflineHub } from './hub.ts';
import { asObject } from './lenient-json.ts';
import type { MemberSettings } from './member-cluster.ts';
import { refTo } from './object-ref.ts';

function start(settings: MemberSettings = {}) {
  const hub = createOfflineHub({ functions: {}, xrds: [], compositions: [] });
  const member = hub.addMember('eu1', settings);
  member.store.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }, 'test');
  return async (apiVersion: string, kind: string, spec: JsonObject = {}): Promise<KubeObject> => {
    const object: KubeObject = { apiVersion, kind, metadata: { name: 'x', namespace: 'team' }, spec };
    assert.equal(member.store.apply(object, 'test').refusal, undefined);
    await hub.runFor(10);
    return member.store.get(refTo(object)) ?? object;
  };
}

const template = (image: string) => ({ spec: { containers: [{ name: 'main', image }] } });

test('every kind that Crossply describes gets healthy on a member where all goes well', async () => {
  for (const { group, kind, ownHealth } of builtInRules) {
    if (group.includes('*') || kind === '*' || ownHealth === false) continue;
    const spec = { type: 'LoadBalancer', template: template('web:1'), containers: [{ name: 'main', image: 'web:1' }] };
    const object = await start()(`${group === '' ? '' : `${group}/`}v1`, kind, spec);
    assert.equal(judgeHealth(object).state, 'Healthy', `${group}/${kind} ${JSON.stringify(object.status)}`);
  }
});

test('an update that is held back leaves the old pods, and the set is healthy', async () => {
  for (const [kind, updateStrategy, updated] of [
    ['StatefulSet', { type: 'OnDelete' }, undefined],
    ['StatefulSet', { type: 'RollingUpdate', rollingUpdate: { partition: 2 } }, 1],
  ] as const) {
    const apply = start();
    await apply('apps/v1', kind, { replicas: 3, updateStrategy, template: template('web:1') });
    const object = await apply('apps/v1', kind, { replicas: 3, updateStrategy, template: template('web:2') });
    assert.equal(asObject(object.status)['updatedReplicas'], updated);
    assert.equal(judgeHealth(object).state, 'Healthy');
  }
  const apply = start();
  const updateStrategy = { type: 'OnDelete' };
  await apply('apps/v1', 'DaemonSet', { updateStrategy, template: template('web:1') });
  const object = await apply('apps/v1', 'DaemonSet', { updateStrategy, template: template('web:2') });
  assert.equal(asObject(object.status)['updatedNumberScheduled'], 0);
  assert.equal(judgeHealth(object).state, 'Healthy');
});

test('a broken image keeps a Pod pending and a ReplicaSet without pods', async () => {
  const pod = await start()('v1', 'Pod', template('web:broken').spec);
  assert.deepEqual([asObject(pod.status)['phase'], judgeHealth(pod).state], ['Pending', 'Progressing']);
  const set = await start()('apps/v1', 'ReplicaSet', { replicas: 3, template: template('web:broken') });
  assert.equal(judgeHealth(set).message, '0 of 3 replicas are available');
});

test('where an operator does not run, its objects say nothing', async () => {
  const kafka = await start({ idleKinds: ['kafka.strimzi.io/v1beta2/Kafka'] })('kafka.strimzi.io/v1beta2', 'Kafka');
  assert.deepEqual([kafka.status, judgeHealth(kafka).state], [undefined, 'Progressing']);
});

test('nothing plays the operator of a kind that nobody has described', async () => {
  const widget = await start()('example.org/v1', 'Widget');
  assert.deepEqual([widget.status, judgeHealth(widget).state], [undefined, 'Silent']);
});

test('of a kind with nothing but a query a usual status is found that the query is content with', () => {
  const widget: KubeObject = { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'x' } };
  const query = 'has(object.status) && has(object.status.state) && object.status.state == "running"';
  const status = guessedStatus(widget, query);
  assert.equal(status?.['state'], 'running');
  assert.equal(evaluateReadiness(query, { ...widget, ...(status && { status }) }).isReady, true);
  assert.equal(guessedStatus(widget, 'has(object.status) && object.status.mood == "fine"'), undefined);
  assert.equal(guessedStatus(widget, healthySign(ownRules.ruleOf(widget)))?.['phase'], undefined);
});
