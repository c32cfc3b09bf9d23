import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { publishedSets } from './published-sets.ts';

const tier = { namespace: 'platform', name: 'prod' };
const set = (name: string, of = 'prod'): KubeObject => ({
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'ClusterSet',
  metadata: { name, namespace: 'platform' },
  spec: { tier: of },
});
const references = (...names: readonly string[]) => names.map((name) => ({ namespace: 'platform', name }));

test('the sets of the Tier are published, sorted', () => {
  assert.deepEqual(publishedSets({ tier }, [set('us'), set('x', 'staging'), set('eu')], []), references('eu', 'us'));
});

test('a ComputeNamespace may use some of them', () => {
  assert.deepEqual(publishedSets({ tier, clusterSets: ['us'] }, [set('us'), set('eu')], []), references('us'));
});

test('what was published stays when the Tier has no set any more', () => {
  assert.deepEqual(publishedSets({ tier }, [set('x', 'staging')], references('eu')), references('eu'));
  assert.deepEqual(publishedSets({ tier }, [], []), []);
});

test('a set that the ComputeNamespace names stays published when it vanishes, one that it drops does not', () => {
  const before = references('eu', 'us');
  assert.deepEqual(publishedSets({ tier, clusterSets: ['us', 'eu'] }, [set('us')], before), before);
  assert.deepEqual(publishedSets({ tier, clusterSets: ['us'] }, [set('us')], before), references('us'));
});

test('what was published stays when no named set ever was there', () => {
  assert.deepEqual(publishedSets({ tier, clusterSets: ['typo'] }, [set('us')], references('us')), references('us'));
});
