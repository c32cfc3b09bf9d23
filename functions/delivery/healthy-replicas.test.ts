import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment, AssignmentStatus } from '../generated/types.ts';
import { healthyReplicas } from './healthy-replicas.ts';

const entry = (replicas: Assignment['replicas'], state: Assignment['state'] = 'Assigned'): Assignment => ({
  ...{ cluster: 'a', providerConfig: { kind: 'ClusterProviderConfig', name: 'a' }, revision: 'r', format: 1, state },
  ...(replicas !== undefined && { replicas }),
});

const report = (more: Partial<AssignmentStatus>): AssignmentStatus => ({
  ...{ cluster: 'a', entry: 'e', revision: 'r', phase: 'Healthy', objects: { desired: 1, ready: 1 } },
  ...{ messages: [], since: '2026-01-01T00:00:00Z', ...more },
});

function told(phase: AssignmentStatus['phase'], assignment: Assignment, before?: AssignmentStatus) {
  const reported = before === undefined ? [] : [before];
  return healthyReplicas({ cluster: 'a', phase }, { assignments: [assignment], reported }).healthyReplicas;
}

test('replicas count once the cluster is healthy with them', () => {
  assert.deepEqual(told('Applying', entry({ web: 5 })), { web: 0 });
  assert.deepEqual(told('Healthy', entry({ web: 5 }), report({ healthyReplicas: { web: 0 } })), { web: 5 });
});

test('what is added does not count before it is healthy, and what is taken away counts no more', () => {
  const before = report({ healthyReplicas: { web: 5, api: 2 } });
  assert.deepEqual(told('Applying', entry({ web: 8, api: 1, db: 1 }), before), { web: 5, api: 1, db: 0 });
});

test('trouble of another kind takes nothing back', () => {
  const before = report({ phase: 'Unhealthy', healthyReplicas: { web: 5 } });
  assert.deepEqual(told('Unreachable', entry({ web: 5 }), before), { web: 5 });
});

test('of a report that does not speak of them all count, but not of one of a cluster that was leaving', () => {
  assert.deepEqual(told('Unhealthy', entry({ web: 5 }), report({ phase: 'Unhealthy' })), { web: 5 });
  assert.deepEqual(told('Applying', entry({ web: 5 }), report({ phase: 'Left' })), { web: 0 });
});

test('a cluster without replicas, and one that is leaving, have none to tell', () => {
  assert.equal(told('Healthy', entry(undefined)), undefined);
  assert.equal(told('Leaving', entry({ web: 5 }, 'Leaving'), report({})), undefined);
});
