import { byConditions, byPhase, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, has, isTrue, not, numberAt } from '../signs.ts';

/** KEDA, Karpenter, and the other ways to roll out: Flagger and OpenKruise. */
export const scaling: readonly HealthRule[] = [
  ...byConditions('keda.sh', ['ScaledObject'], ['Ready'], {
    healthy: allOf(isTrue('Ready'), not(isTrue('Fallback'))),
    tells: ['Ready', '!Fallback'],
  }),
  ...byConditions('keda.sh', ['ScaledJob']),
  ...withoutHealth('keda.sh', ['TriggerAuthentication', 'ClusterTriggerAuthentication']),
  ...byConditions('karpenter.sh', ['NodePool', 'NodeClaim']),
  ...byConditions('karpenter.k8s.aws', ['EC2NodeClass']),
  ...byPhase(
    'flagger.app',
    ['Canary'],
    'status.phase',
    {
      healthy: ['Initialized', 'Succeeded'],
      failed: ['Failed'],
    },
    { tells: ['Promoted'] },
  ),
  {
    ...{ group: 'apps.kruise.io', kind: 'CloneSet', pods: { replicas: 'spec.replicas' } },
    healthy: allOf(
      has('status'),
      `${numberAt('status.updatedAvailableReplicas', 0)} == ${numberAt('spec.replicas', 1)}`,
    ),
    counts: [{ have: 'status.updatedAvailableReplicas', want: 'spec.replicas', what: 'new replicas are available' }],
    healthyStatus: () => ({ updatedAvailableReplicas: 1 }),
  },
];
