import type { Access } from '../generated/types.ts';
import type { KubeObject } from '../kube/object.ts';
import { clusterRoleName } from '../tier/tier-names.ts';
import { type NamespaceFacts, namespacedObject } from './namespace-facts.ts';

const apiGroup = 'rbac.authorization.k8s.io';

/** Returns one RoleBinding for each level of access that the ComputeNamespace or its Tier gives to a group. */
export function roleBindings(facts: NamespaceFacts): readonly KubeObject[] {
  const access = [...(facts.tierSpec.access ?? []), ...(facts.spec.access ?? [])];
  return (['View', 'Edit', 'Admin'] as const).flatMap((level) => {
    const groups = groupsOf(access, level);
    if (groups.length === 0) return [];
    const content = {
      roleRef: { apiGroup, kind: 'ClusterRole', name: clusterRoleName(facts.tier, level) },
      subjects: groups.map((name) => ({ apiGroup, kind: 'Group', name })),
    };
    return [namespacedObject(facts, [`${apiGroup}/v1`, 'RoleBinding', `crossply-${level.toLowerCase()}`], content)];
  });
}

function groupsOf(access: readonly Access[], level: Access['level']): readonly string[] {
  return [...new Set(access.filter((each) => each.level === level).flatMap(({ groups }) => groups))].sort();
}
