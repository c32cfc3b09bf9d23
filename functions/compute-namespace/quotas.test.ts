import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitRange, resourceQuota } from './quotas.ts';
import { sampleFacts } from './sample-facts.ts';

const metadata = { name: 'crossply', namespace: 'team-shop' };

test("a ComputeNamespace has its own quota, else the Tier's, else none", () => {
  const own = { quota: { hard: { pods: 5 } } };
  const tier = { quota: { hard: { pods: 9 } } };
  const expected = (pods: number) => [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods } } }];
  assert.deepEqual(resourceQuota(sampleFacts(own, tier)), expected(5));
  assert.deepEqual(resourceQuota(sampleFacts({}, tier)), expected(9));
  assert.deepEqual(resourceQuota(sampleFacts()), []);
});

test("a ComputeNamespace has its own limits, else the Tier's, else none", () => {
  const own = { limits: [{ type: 'Pod' }] };
  const tier = { limits: [{ type: 'Container' }] };
  const expected = (type: string) => [{ apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [{ type }] } }];
  assert.deepEqual(limitRange(sampleFacts(own, tier)), expected('Pod'));
  assert.deepEqual(limitRange(sampleFacts({}, tier)), expected('Container'));
  assert.deepEqual(limitRange(sampleFacts({ limits: [] }, tier)), []);
});
