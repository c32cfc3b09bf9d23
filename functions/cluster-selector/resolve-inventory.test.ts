import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { resolveInventory } from './resolve-inventory.ts';

function object(kind: string, name: string, more: Partial<KubeObject> = {}): KubeObject {
  return { apiVersion: 'crossply.dev/v1alpha1', kind, metadata: { namespace: 'platform', name }, ...more };
}

const website: KubeObject = {
  ...{ apiVersion: 'example.org/v1', kind: 'Website', metadata: { namespace: 'team', name: 'shop' } },
  spec: { clusterSets: [{ namespace: 'platform', name: 'eu' }] },
};
const eu = object('ClusterSet', 'eu', { spec: { tier: 'prod' } });
const required = { soak: '10m' };

function resolve(given: { readonly [key: string]: readonly KubeObject[] }) {
  return resolveInventory(
    { clusterSets: { fieldPath: 'spec.clusterSets' } },
    {
      ...{ input: {}, context: new Map(), desired: { status: {}, resources: new Map() } },
      ...{ observed: { composite: website, resources: new Map() }, required: new Map(Object.entries(given)) },
    },
  );
}

test('a kind that names ClusterSets itself keeps what their Tiers require, and waits until that is known', () => {
  const sets = { 'cluster-set/platform/eu': [eu] };
  const first = resolve(sets);
  assert.deepEqual(Object.keys(first.requirements), ['cluster-set/platform/eu', 'tier/platform/prod']);
  assert.equal(first.missing?.reason, 'Resolving');
  const unpublished = resolve({ ...sets, 'tier/platform/prod': [object('Tier', 'prod')] });
  assert.equal(unpublished.missing?.reason, 'TierNotReady');
  const published = object('Tier', 'prod', { status: { policy: { rollout: { required } } } });
  const { missing, floors, clusterSets } = resolve({ ...sets, 'tier/platform/prod': [published] });
  assert.deepEqual([missing, floors, clusterSets.length], [undefined, [required], 1]);
});

test('a Tier that does not exist requires nothing', () => {
  const { missing, floors } = resolve({ 'cluster-set/platform/eu': [eu], 'tier/platform/prod': [] });
  assert.deepEqual([missing, floors], [undefined, undefined]);
});
