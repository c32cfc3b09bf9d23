import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roleBindings } from './role-bindings.ts';
import { sampleFacts } from './sample-facts.ts';

test('groups of the Tier and of the ComputeNamespace are bound together, each once and sorted', () => {
  const facts = sampleFacts(
    { access: [{ level: 'Admin', groups: ['z', 'a'] }] },
    {
      access: [
        { level: 'View', groups: ['v'] },
        { level: 'Admin', groups: ['a', 'm'] },
      ],
    },
  );
  const binding = (level: string, groups: readonly string[]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `crossply-${level}`, namespace: 'team-shop' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `crossply:platform:prod:${level}` },
    subjects: groups.map((name) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name })),
  });
  assert.deepEqual(roleBindings(facts), [binding('view', ['v']), binding('admin', ['a', 'm', 'z'])]);
});
