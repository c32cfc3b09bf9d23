import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { readProfile } from './read-profile.ts';

const spec = { tier: 'prod', clusterProfiles: { namespace: 'fleet' } };

function profile(status: KubeObject['status'], name = 'ocm-x7'): KubeObject {
  return {
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'ClusterProfile',
    metadata: { name, namespace: 'fleet', labels: { region: 'eu' } },
    ...(status !== undefined && { status }),
  };
}

test('a member is named by its cluster id and keeps no heartbeat', () => {
  const status = {
    version: { kubernetes: 'v1.34.2' },
    properties: [
      { name: 'zone', value: 'a', lastObservedTime: '2026-01-01T00:00:00Z' },
      { name: 'cluster.clusterset.k8s.io', value: 'eu-1' },
    ],
    conditions: [
      { type: 'ControlPlaneHealthy', status: 'True', reason: 'Up', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ],
  };
  assert.deepEqual(readProfile(profile(status), spec, 'eu').value, {
    name: 'eu-1',
    clusterProfile: { namespace: 'fleet', name: 'ocm-x7' },
    providerConfig: { kind: 'ClusterProviderConfig', name: 'eu-1' },
    labels: { region: 'eu' },
    properties: { 'cluster.clusterset.k8s.io': 'eu-1', zone: 'a' },
    version: 'v1.34.2',
    healthy: true,
  });
});

test('without an id the profile gives the name; without conditions the cluster counts as healthy', () => {
  const { value } = readProfile(profile(undefined), spec, 'eu');
  assert.deepEqual([value?.name, value?.healthy], ['ocm-x7', true]);
});

for (const type of ['ControlPlaneHealthy', 'Joined']) {
  test(`a cluster whose ${type} is False is not healthy`, () => {
    const conditions = [{ type, status: 'False', reason: 'Down', lastTransitionTime: '2026-01-01T00:00:00Z' }];
    assert.equal(readProfile(profile({ conditions }), spec, 'eu').value?.healthy, false);
  });
}

test('the provider configuration is named by the template', () => {
  const named = {
    ...spec,
    providerConfigRef: {
      kind: 'ProviderConfig' as const,
      nameTemplate: 'k8s-${cluster.labels["region"]}-${cluster.name}',
    },
  };
  assert.deepEqual(readProfile(profile(undefined), named, 'eu').value?.providerConfig, {
    kind: 'ProviderConfig',
    name: 'k8s-eu-ocm-x7',
  });
});

test('a template that names nothing for a cluster is refused with its path', () => {
  const named = { ...spec, providerConfigRef: { nameTemplate: '${cluster.labels["none"]}' } };
  assert.equal(readProfile(profile(undefined), named, 'eu').problems?.[0]?.path, 'spec.providerConfigRef.nameTemplate');
});

test('an id that cannot be a label value is refused', () => {
  const properties = [{ name: 'cluster.clusterset.k8s.io', value: 'EU/1' }];
  assert.match(readProfile(profile({ properties }), spec, 'eu').problems?.[0]?.message ?? '', /got "EU\/1"/);
});
