import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { JsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import type { Api, ObjectKey } from '../../api.ts';
import { waitUntil } from '../../wait-until.ts';
import { imageOf } from '../deployment-of.ts';
import { isRolledOut } from '../follow-waves.ts';
import { healthyApp } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, type Scenario } from '../scenario.ts';

/** Services are not watched: the provider looks at them once a minute, and later when it has much to do. */
const patience = { seconds: 180 };

let scenario: Scenario;
let member: Api;

before(async () => {
  const clusters = [{ name: 'drift-1', member: 'member-1' } as const];
  scenario = await createScenario(runningLab(), 'drift', { clusters });
  member = scenario.member('drift-1');
  const web = { name: 'web', image: 'example.com/web:1', ports: [{ name: 'http', containerPort: 8080 }], service: {} };
  await scenario.lab.hub.apply(app(scenario, 'shop', { components: [web] }));
  await healthyApp(scenario, 'shop', 1, 300);
});

for (const kind of ['Deployment', 'Service']) {
  test(`a ${kind} that somebody deletes comes back as it was`, async () => {
    const { metadata, spec } = await member.get(key(kind));
    await member.delete(key(kind));
    const again = await waitUntil(`the ${kind} to come back`, () => member.find(key(kind)), patience);
    assert.notEqual(again.metadata.uid, metadata.uid);
    assert.deepEqual(again.metadata.labels, metadata.labels);
    assert.deepEqual(stated(again.spec), stated(spec));
  });
}

test('a Deployment that somebody edits is what it was again, but for what Crossply does not state', async () => {
  const { metadata, spec } = await waitUntil(
    'the Deployment to be available',
    async () => {
      const deployment = await member.get(key('Deployment'));
      return isRolledOut(deployment) ? deployment : undefined;
    },
    patience,
  );
  const others = { labels: { 'example.com/team': 'on-call' }, annotations: { 'example.com/note': 'looked at' } };
  const template = { spec: { containers: [{ name: 'web', image: 'example.com/other:1' }] } };
  // An autoscaler sets replicas, for the App states none; the image is stated, and back to it is how one knows that
  // the provider has written the object since.
  await member.patch(key('Deployment'), { metadata: others, spec: { replicas: 3, template } });
  const again = await waitUntil(
    'the image to be back',
    async () => {
      const deployment = await member.get(key('Deployment'));
      return imageOf(deployment) === 'example.com/web:1' ? deployment : undefined;
    },
    patience,
  );
  assert.equal(again.metadata.uid, metadata.uid, 'it was changed, not made anew');
  assert.equal((again.spec as JsonObject)['replicas'], 3);
  assert.deepEqual(again.metadata.labels, { ...metadata.labels, ...others.labels });
  assert.equal(again.metadata.annotations?.['example.com/note'], 'looked at');
  assert.deepEqual({ ...stated(again.spec), replicas: 1 }, stated(spec));
  await healthyApp(scenario, 'shop', 1, 300);
});

test('a Service that somebody edits is what it was again, at the same address', async () => {
  const { metadata, spec } = await member.get(key('Service'));
  const label = { 'example.com/team': 'on-call' };
  const selector = { 'app.kubernetes.io/name': 'other', 'example.com/extra': 'x' };
  const nodePort = { externalTrafficPolicy: 'Local', type: 'NodePort' };
  await member.patch(key('Service'), { metadata: { labels: label }, spec: { selector, ...nodePort } });
  const again = await waitUntil(
    'the selector to be back',
    async () => {
      const service = await member.get(key('Service'));
      return JSON.stringify(selectorOf(service)) === JSON.stringify((spec as JsonObject)['selector'])
        ? service
        : undefined;
    },
    patience,
  );
  assert.equal(again.metadata.uid, metadata.uid, 'it was changed, not made anew');
  assert.equal((again.spec as JsonObject)['clusterIP'], (spec as JsonObject)['clusterIP']);
  assert.equal((again.spec as JsonObject)['type'], 'NodePort', 'the App states no type, so it is left alone');
  assert.equal(again.metadata.labels?.['example.com/team'], 'on-call');
});

function key(kind: string): ObjectKey {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  return { apiVersion, kind, namespace: scenario.memberNamespace, name: 'web' };
}

/** A spec without the addresses that the API server gives to each new Service. */
function stated(spec: KubeObject['spec']): JsonObject {
  const { clusterIP: _, clusterIPs: __, ...rest } = spec as JsonObject;
  return rest;
}

function selectorOf({ spec }: KubeObject) {
  return (spec as JsonObject)['selector'];
}
