import { byConditions, byPhase } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, fieldIs, isFalse, not } from '../signs.ts';

const group = 'cluster.x-k8s.io';
const tells = ['Available', 'Ready'];
const inPhase = (...phases: readonly string[]) =>
  allOf(fieldIs('status.phase', ...phases), not(isFalse('Available')), not(isFalse('Ready')));

/** Cluster API: a phase, and Available (v1beta2) or Ready (v1beta1) where it is told. Machines of other clusters, so no pods here. */
export const clusterApi: readonly HealthRule[] = [
  ...byPhase(
    group,
    ['Cluster'],
    'status.phase',
    { healthy: ['Provisioned'], failed: ['Failed'] },
    {
      healthy: inPhase('Provisioned'),
      tells,
    },
  ),
  ...byPhase(
    group,
    ['Machine', 'MachineDeployment', 'MachinePool'],
    'status.phase',
    { healthy: ['Running'], failed: ['Failed'] },
    {
      healthy: inPhase('Running'),
      tells,
    },
  ),
  ...byConditions('controlplane.cluster.x-k8s.io', ['KubeadmControlPlane'], ['Available']),
];
