import { byConditions, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, conditionIs, fieldIs, has, isFalse, isTrue, not } from '../signs.ts';

/** What extends and governs a cluster. Without a health of its own is what the API server alone serves: rights, policies, classes, configuration. */
export const apiMachinery: readonly HealthRule[] = [
  {
    ...{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
    healthy: allOf(isTrue('Established'), not(isFalse('NamesAccepted'))),
    failed: isFalse('NamesAccepted'),
    tells: ['NamesAccepted', 'Established'],
    healthyStatus: () => ({
      conditions: ['NamesAccepted', 'Established'].map((type) => ({ type, status: 'True', reason: 'Accepted' })),
    }),
  },
  ...byConditions('apiregistration.k8s.io', ['APIService'], ['Available']),
  {
    ...{ group: '', kind: 'Namespace', ownHealth: false },
    healthy: anyOf(not(has('status')), not(has('status.phase')), fieldIs('status.phase', 'Active')),
    tells: ['!NamespaceDeletionContentFailure', 'status.phase'],
    healthyStatus: () => ({ phase: 'Active' }),
  },
  {
    ...{ group: 'policy', kind: 'PodDisruptionBudget', ownHealth: false },
    healthy: not(conditionIs('DisruptionAllowed', 'False', 'SyncFailed')),
    tells: ['DisruptionAllowed'],
    healthyStatus: () => ({ conditions: [{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' }] }),
  },
  ...withoutHealth('', [
    'ConfigMap',
    'Secret',
    'ServiceAccount',
    'LimitRange',
    'ResourceQuota',
    'Endpoints',
    'Event',
    'PodTemplate',
  ]),
  ...withoutHealth('rbac.authorization.k8s.io', ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']),
  {
    ...{ group: 'multicluster.x-k8s.io', kind: 'ServiceExport', ownHealth: false, tells: ['!Conflict', 'Valid'] },
    healthy: not(isFalse('Valid')),
  },
  ...withoutHealth('autoscaling.k8s.io', ['VerticalPodAutoscaler']),
  ...withoutHealth('resource.k8s.io', ['ResourceClaim', 'ResourceClaimTemplate', 'DeviceClass', 'ResourceSlice']),
  ...withoutHealth('scheduling.k8s.io', ['PriorityClass']),
  ...withoutHealth('node.k8s.io', ['RuntimeClass']),
  ...withoutHealth('coordination.k8s.io', ['Lease']),
  ...withoutHealth('apps', ['ControllerRevision']),
  ...withoutHealth('flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']),
  ...withoutHealth('admissionregistration.k8s.io', [
    ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    ...['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
    ...['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'],
  ]),
];
