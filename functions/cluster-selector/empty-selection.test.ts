import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { FunctionRequest } from '../runtime/composition-function.ts';
import { clusterSelector } from './function.ts';
import { readPlacementContext } from './placement-context.ts';

const apiVersion = 'crossply.dev/v1alpha1';
const metadata = (name: string, namespace = 'team') => ({ name, namespace });

const eu: KubeObject = {
  ...{ apiVersion, kind: 'ClusterSet', metadata: metadata('eu', 'platform'), spec: { tier: 'prod' } },
  status: { members: [] },
};
const prod: KubeObject = {
  ...{ apiVersion, kind: 'Tier', metadata: metadata('prod', 'platform'), spec: { platform: 'web' } },
  status: { policy: { podSecurity: 'Baseline', deletionPolicy: 'Protect' } },
};
const namespace = (clusterSets: JsonObject[]): KubeObject => ({
  ...{ apiVersion, kind: 'ComputeNamespace', metadata: metadata('shop'), spec: {} },
  status: { namespace: 'team-shop', clusterSets },
});

function summary(
  spec: JsonObject,
  inventory: JsonObject,
  required: { readonly [name: string]: readonly KubeObject[] },
) {
  const request: FunctionRequest = {
    input: { spec: { inventory } },
    context: new Map(),
    observed: { composite: { apiVersion, kind: 'Thing', metadata: metadata('x'), spec }, resources: new Map() },
    desired: { status: {}, resources: new Map() },
    required: new Map(Object.entries(required)),
  };
  const { context = {} } = clusterSelector.run(request, { now: Date.UTC(2026, 0, 1) });
  return readPlacementContext(new Map(Object.entries(context)))?.placement.summary;
}

const byNamespace = { computeNamespace: { nameFieldPath: 'spec.computeNamespace' } };
const byTier = {
  tier: {
    nameFieldPath: 'spec.tier.name',
    namespaceFieldPath: 'spec.tier.namespace',
    clusterSetsFieldPath: 'spec.clusterSets',
  },
};
const bySets = { clusterSets: { fieldPath: 'spec.clusterSets' } };

describe('where no cluster can be chosen at all, it is said which list is empty and what would help', () => {
  test('an App whose placement names no ClusterSet', () => {
    const spec = { computeNamespace: 'shop', placement: { clusterSets: [] } };
    const required = {
      'compute-namespace': [namespace([{ namespace: 'platform', name: 'eu' }])],
      'cluster-set/platform/eu': [{ ...eu, status: { members: [member('a')] } }],
    };
    assert.deepEqual(summary(spec, byNamespace, required), {
      reason: 'InvalidPolicy',
      message: 'spec.placement.clusterSets: names no ClusterSet; leave it out for all of them, or name one of eu',
    });
  });

  test('a composite of a Tier that names no ClusterSet', () => {
    const spec = { tier: { namespace: 'platform', name: 'prod' }, clusterSets: [] };
    assert.deepEqual(summary(spec, byTier, { tier: [prod], 'cluster-sets': [eu] }), {
      reason: 'ClusterSetMissing',
      message:
        'spec.clusterSets: names no ClusterSet; leave it out for all of Tier prod, or name one of eu; what runs is kept',
    });
  });

  test('a ComputeNamespace that publishes none', () => {
    assert.deepEqual(summary({ computeNamespace: 'shop' }, byNamespace, { 'compute-namespace': [namespace([])] }), {
      reason: 'ClusterSetMissing',
      message: 'ComputeNamespace shop has no ClusterSet; its conditions say why; what runs is kept',
    });
  });

  test('ClusterSets of which none exists', () => {
    const spec = { clusterSets: [{ namespace: 'platform', name: 'eu' }] };
    assert.deepEqual(summary(spec, bySets, { 'cluster-set/platform/eu': [] }), {
      reason: 'ClusterSetMissing',
      message: 'there is no ClusterSet platform/eu; create it, or name one that exists; what runs is kept',
    });
  });

  test('ClusterSets that have no members', () => {
    const spec = { clusterSets: [{ namespace: 'platform', name: 'eu' }] };
    assert.deepEqual(summary(spec, bySets, { 'cluster-set/platform/eu': [eu], 'tier/platform/prod': [] }), {
      reason: 'NoClusterMatches',
      message: 'ClusterSet platform/eu has no members yet; its condition Inventoried says why',
    });
  });

  test('a list of ClusterSets that is empty', () => {
    assert.match(summary({ clusterSets: [] }, bySets, {})?.message ?? '', /^spec\.clusterSets: must list at least one/);
  });
});

function member(name: string): JsonObject {
  const clusterProfile = { namespace: 'fleet', name };
  return { name, clusterProfile, providerConfig: { kind: 'ClusterProviderConfig', name }, healthy: true };
}
