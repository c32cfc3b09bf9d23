import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthRules } from '../health/health-rules.ts';
import { teamRules } from '../health/team-rules.ts';
import { canonicalJson } from '../kube/canonical-json.ts';
import { contentHash } from '../kube/content-hash.ts';
import { isJsonObject, type Json } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { formats } from './formats.ts';

const manifests: readonly KubeObject[] = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'shop', labels: { x: 'y' } },
    data: { k: 'v' },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'shop' }, spec: { ports: [{ port: 80 }] } },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'a', namespace: 'shop' }, spec: {} },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'shop' }, spec: { replicas: 2 } },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a', namespace: 'shop' }, spec: {} },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a', namespace: 'shop' }, spec: {} },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a', namespace: 'shop' }, spec: {} },
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a', namespace: 'shop' }, spec: {} },
  {
    apiVersion: 'example.org/v1',
    kind: 'Thing',
    metadata: { name: 'a', namespace: 'shop', annotations: { n: 'm' } },
    spec: {},
  },
];

/** Hashes of all that a format makes of the manifests above. A released hash never changes: a change of bytes is a new format. */
const released: { readonly [format: number]: string } = { 1: '31433f9cc212e057', 2: 'c0ed4541d69a531b' };

for (const [number, format] of formats) {
  test(`format ${number} makes the bytes that it was released with`, () => {
    const made = manifests.map((manifest) => format(manifest, { kind: 'ClusterProviderConfig', name: 'eu-1' }));
    assert.equal(contentHash(JSON.parse(canonicalJson(made as unknown as Json)) as Json, 16), released[number]);
  });
}

test('format 1 of a ConfigMap, in full', () => {
  const [manifest] = manifests;
  assert.ok(manifest);
  const made = formats.get(1)?.(manifest, { kind: 'ClusterProviderConfig', name: 'eu-1' });
  const { content } = made ?? {};
  assert.deepEqual(made?.spec, {
    forProvider: {
      manifest: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'a',
          namespace: 'shop',
          labels: { x: 'y', 'app.kubernetes.io/managed-by': 'crossply' },
          annotations: { 'crossply.dev/content': content },
        },
        data: { k: 'v' },
      },
    },
    providerConfigRef: { kind: 'ClusterProviderConfig', name: 'eu-1' },
    readiness: {
      policy: 'DeriveFromCelQuery',
      celQuery: `has(object.metadata.annotations) && "crossply.dev/content" in object.metadata.annotations && object.metadata.annotations["crossply.dev/content"] == "${content}" && (!has(object.status) || !has(object.status.conditions) || !object.status.conditions.exists(c, c.type == "Ready") || object.status.conditions.exists(c, c.type == "Ready" && c.status == "True"))`,
    },
  });
});

test('format 2 has the provider watch what can be unwell, and nothing else', () => {
  const isWatched = (apiVersion: string, kind: string, spec = {}) => {
    const manifest = { apiVersion, kind, metadata: { name: 'a' }, spec };
    const made = formats.get(2)?.(manifest, { kind: 'ClusterProviderConfig', name: 'eu-1' });
    return isJsonObject(made?.spec) && made.spec['watch'] === true;
  };
  assert.deepEqual(
    [isWatched('v1', 'ConfigMap'), isWatched('v1', 'Namespace'), isWatched('v1', 'Service')],
    [false, false, false],
  );
  assert.deepEqual(
    [
      isWatched('v1', 'Service', { type: 'LoadBalancer' }),
      isWatched('kafka.strimzi.io/v1', 'Kafka'),
      isWatched('example.org/v1', 'Widget'),
    ],
    [true, true, true],
  );
});

test('format 2 asks the provider by the rules of the team', () => {
  const [manifest] = manifests.slice(-1);
  assert.ok(manifest);
  const rules = healthRules(teamRules([{ group: 'example.org', kind: 'Thing', healthy: 'has(object.status.mood)' }]));
  const made = formats.get(2)?.(manifest, { kind: 'ClusterProviderConfig', name: 'eu-1' }, rules);
  assert.match(JSON.stringify(made?.spec), /\(has\(object\.status\.mood\)\)/);
});
