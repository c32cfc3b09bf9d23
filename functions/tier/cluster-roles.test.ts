import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import { clusterRoles } from './cluster-roles.ts';

const roles = clusterRoles({ namespace: 'platform', name: 'prod' });

type Rule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
};

/** Returns what a level may do with a resource, sorted. */
function verbsOf(level: string, group: string, resource: string): readonly string[] {
  const role = roles.find(({ metadata }) => metadata.name === `crossply:platform:prod:${level}`);
  const rules = (role as JsonObject)['rules'] as unknown as readonly Rule[];
  const granted = rules.filter(({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(resource));
  return [...new Set(granted.flatMap(({ verbs }) => verbs))].sort();
}

const read = ['get', 'list', 'watch'];
const write = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

test('there is one role for each level, labelled with its Tier', () => {
  assert.deepEqual(
    roles.map(({ metadata }) => metadata),
    ['view', 'edit', 'admin'].map((level) => ({
      name: `crossply:platform:prod:${level}`,
      labels: { 'crossply.dev/tier': 'prod', 'crossply.dev/tier-namespace': 'platform' },
    })),
  );
});

test('View reads, Edit writes, Admin does what Edit does', () => {
  for (const [group, resource] of [
    ['apps', 'deployments'],
    ['', 'configmaps'],
    ['gateway.networking.k8s.io', 'httproutes'],
  ] as const) {
    assert.deepEqual(verbsOf('view', group, resource), read);
    assert.deepEqual(verbsOf('edit', group, resource), write);
    assert.deepEqual(verbsOf('admin', group, resource), write);
  }
  assert.deepEqual(verbsOf('view', '', 'pods/log'), read);
  assert.deepEqual(verbsOf('view', '', 'pods/eviction'), []);
  assert.deepEqual(verbsOf('edit', '', 'pods/eviction'), ['create']);
});

test('only Admin reaches into pods, and nobody lists Secrets', () => {
  for (const level of ['view', 'edit']) {
    assert.deepEqual(verbsOf(level, '', 'pods/exec'), []);
    assert.deepEqual(verbsOf(level, '', 'pods/ephemeralcontainers'), []);
    assert.deepEqual(verbsOf(level, '', 'secrets'), []);
  }
  assert.deepEqual(verbsOf('admin', '', 'pods/exec'), ['create', 'get']);
  assert.deepEqual(verbsOf('admin', '', 'secrets'), ['create', 'delete', 'get', 'patch', 'update']);
});

test('nobody changes what governs the namespace, nor Endpoints', () => {
  for (const [group, resource] of [
    ['', 'resourcequotas'],
    ['', 'limitranges'],
    ['rbac.authorization.k8s.io', 'rolebindings'],
  ] as const) {
    assert.deepEqual(verbsOf('edit', group, resource), []);
    assert.deepEqual(verbsOf('admin', group, resource), read);
  }
  assert.deepEqual(verbsOf('admin', 'networking.k8s.io', 'networkpolicies'), read);
  assert.deepEqual(verbsOf('admin', '', 'endpoints'), read);
});
