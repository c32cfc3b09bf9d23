import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment, RolloutRecord } from '../generated/types.ts';
import { goalReplicas } from './goal-replicas.ts';
import type { ObservedSlice } from './observed-slices.ts';

const record: RolloutRecord = {
  ...{ number: 1, sequence: 1, revision: 'shop-1', direction: 'Forward', startedAt: '2026-01-01T00:00:00Z' },
  ...{ waves: [], rejected: [], history: [], usedApprovals: [], keeping: [{ cluster: 'a', replicas: { web: 5 } }] },
};
const slice: ObservedSlice = {
  ...{ key: 's', name: 's', clusterSet: { namespace: 'platform', name: 'eu' }, entries: [], rollout: record },
  object: { apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice', metadata: {} },
};
const entry = (cluster: string, replicas?: Assignment['replicas']): Assignment => ({
  ...{ cluster, providerConfig: { kind: 'ClusterProviderConfig', name: cluster }, revision: 'shop-1', format: 1 },
  ...{ state: 'Assigned', ...(replicas !== undefined && { replicas }) },
});

test('a cluster that keeps replicas was meant to have fewer, and never more than it has', () => {
  const goalOf = goalReplicas([slice]);
  assert.deepEqual(goalOf(entry('a', { web: 10, api: 2 })), { web: 5, api: 2 });
  assert.deepEqual(goalOf(entry('a', { web: 3 })), { web: 3 });
  assert.deepEqual(goalOf(entry('b', { web: 10 })), { web: 10 });
  assert.deepEqual(goalOf(entry('b')), {});
});
