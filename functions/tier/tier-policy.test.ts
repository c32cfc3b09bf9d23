import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import { publishedPolicy, tierPolicy } from './tier-policy.ts';

const tier = { namespace: 'platform', name: 'prod' };

test('a Tier and a Platform that say nothing give safe rules', () => {
  assert.deepEqual(tierPolicy({ platform: 'web' }, undefined, tier), {
    podSecurity: 'Baseline',
    deletionPolicy: 'Protect',
  });
});

test('what the Tier does not say comes from the Platform, of a rollout field by field', () => {
  const defaults = {
    podSecurity: 'Restricted',
    allowedRegistries: ['a.example.com'],
    rollout: { maxConcurrent: 3, maxRemovals: 1 },
  } as const;
  assert.deepEqual(tierPolicy({ platform: 'web', rollout: { maxConcurrent: '25%' } }, defaults, tier), {
    podSecurity: 'Restricted',
    allowedRegistries: ['a.example.com'],
    rollout: { maxConcurrent: '25%', maxRemovals: 1 },
    deletionPolicy: 'Protect',
  });
});

test('what the Tier says wins over the Platform', () => {
  const spec = {
    platform: 'web',
    podSecurity: 'Privileged',
    allowedRegistries: ['b.example.com'],
    requiredLabels: ['team'],
    network: { allowDNS: false },
    deletionPolicy: 'Delete',
    priorityClass: { value: 1 },
  } as const;
  const defaults = { podSecurity: 'Restricted', allowedRegistries: ['a.example.com'] } as const;
  assert.deepEqual(tierPolicy(spec, defaults, tier), {
    podSecurity: 'Privileged',
    allowedRegistries: ['b.example.com'],
    requiredLabels: ['team'],
    network: { allowDNS: false },
    deletionPolicy: 'Delete',
    priorityClassName: 'platform.prod',
  });
});

test('the rules by which the health of kinds is told are published as they are', () => {
  const health = [{ group: 'example.org', kind: 'Widget', healthy: 'has(object.status)' }];
  assert.deepEqual(tierPolicy({ platform: 'web', health }, undefined, tier).health, health);
  assert.equal('health' in tierPolicy({ platform: 'web', health: [] }, undefined, tier), false);
});

test('an empty list of registries allows every image, whatever the Platform says', () => {
  const policy = tierPolicy({ platform: 'web', allowedRegistries: [] }, { allowedRegistries: ['a.example.com'] }, tier);
  assert.equal('allowedRegistries' in policy, false);
});

test('only the rules that a Tier has published count', () => {
  const object = (status: JsonObject) => ({
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'Tier',
    metadata: tier,
    spec: { platform: 'web' },
    status,
  });
  const policy = { podSecurity: 'Restricted', deletionPolicy: 'Delete' };
  assert.deepEqual(publishedPolicy(object({ policy })), policy);
  assert.equal(publishedPolicy(object({})), undefined);
});
