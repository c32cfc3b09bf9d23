import { readFieldPath } from '../../kube/field-path.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, conditionIs, fieldIs, has, isTrue, not, numberAt } from '../signs.ts';

const wanted = numberAt('spec.replicas', 1);
const count = (field: string) => numberAt(`status.${field}`, 0);
const all = (...fields: readonly string[]) => allOf(...fields.map((field) => `${count(field)} == ${wanted}`));
const seen = has('status.observedGeneration');
const onDelete = fieldIs('spec.updateStrategy.type', 'OnDelete');
const partition = numberAt('spec.updateStrategy.rollingUpdate.partition', 0);

/** A rolling update is done where the pods from the partition on are new; with OnDelete whoever deletes pods updates them. */
const statefulSetUpdated = anyOf(onDelete, `${count('updatedReplicas')} + ${partition} >= ${wanted}`);

/** Every node that wants a pod has one: new, unless pods are replaced by whoever deletes them. */
const daemonSetUpdated = anyOf(onDelete, `${count('updatedNumberScheduled')} == object.status.desiredNumberScheduled`);

/** Kubernetes' own workloads; counts and conditions as their controllers write them (kubectl rollout status, kstatus). */
export const workloads: readonly HealthRule[] = [
  {
    ...{ group: 'apps', kind: 'Deployment', pods: { replicas: 'spec.replicas' } },
    healthy: allOf(seen, all('updatedReplicas', 'availableReplicas', 'replicas')),
    failed: conditionIs('Progressing', 'False', 'ProgressDeadlineExceeded'),
    tells: ['!ReplicaFailure', 'Progressing', 'Available'],
    counts: [
      { have: 'status.updatedReplicas', want: 'spec.replicas', what: 'replicas are new' },
      { have: 'status.availableReplicas', want: 'spec.replicas', what: 'replicas are available' },
      { have: 'status.replicas', want: 'spec.replicas', what: 'replicas are there' },
    ],
    healthyStatus: replicaStatus('updatedReplicas', 'availableReplicas', 'readyReplicas'),
  },
  {
    ...{ group: 'apps', kind: 'StatefulSet', pods: { replicas: 'spec.replicas' } },
    healthy: allOf(seen, all('readyReplicas', 'replicas'), statefulSetUpdated),
    counts: [
      { have: 'status.readyReplicas', want: 'spec.replicas', what: 'replicas are ready' },
      { have: 'status.updatedReplicas', want: 'spec.replicas', what: 'replicas are new' },
    ],
    healthyStatus: replicaStatus('updatedReplicas', 'currentReplicas', 'availableReplicas', 'readyReplicas'),
  },
  {
    ...{ group: 'apps', kind: 'DaemonSet', pods: { scheduled: 'status.desiredNumberScheduled' } },
    healthy: allOf(
      ...[seen, has('status.desiredNumberScheduled')],
      anyOf(
        'object.status.desiredNumberScheduled == 0.0',
        allOf(daemonSetUpdated, `${count('numberAvailable')} == object.status.desiredNumberScheduled`),
      ),
    ),
    counts: [
      { have: 'status.numberAvailable', want: 'status.desiredNumberScheduled', what: 'pods are available' },
      { have: 'status.updatedNumberScheduled', want: 'status.desiredNumberScheduled', what: 'pods are new' },
    ],
    healthyStatus: () => ({ desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberReady: 1, numberAvailable: 1 }),
  },
  ...[
    { group: 'apps', kind: 'ReplicaSet' },
    { group: '', kind: 'ReplicationController' },
  ].map((type) => ({
    ...{ ...type, pods: { replicas: 'spec.replicas' } },
    healthy: allOf(seen, all('availableReplicas', 'replicas'), not(isTrue('ReplicaFailure'))),
    tells: ['!ReplicaFailure'],
    counts: [{ have: 'status.availableReplicas', want: 'spec.replicas', what: 'replicas are available' }],
    healthyStatus: replicaStatus('availableReplicas', 'readyReplicas'),
  })),
  {
    ...{ group: 'batch', kind: 'Job', pods: { replicas: 'spec.parallelism', suspended: 'spec.suspend' } },
    healthy: isTrue('Complete'),
    failed: anyOf(isTrue('Failed'), isTrue('FailureTarget')),
    tells: ['!Failed', '!FailureTarget', '!Suspended'],
    counts: [{ have: 'status.succeeded', want: 'spec.completions', what: 'pods have succeeded' }],
    healthyStatus: () => ({ conditions: [{ type: 'Complete', status: 'True', reason: 'CompletionsReached' }] }),
  },
  {
    ...{ group: '', kind: 'Pod', pods: {} },
    healthy: anyOf(fieldIs('status.phase', 'Succeeded'), allOf(fieldIs('status.phase', 'Running'), isTrue('Ready'))),
    failed: fieldIs('status.phase', 'Failed'),
    tells: ['status.message', 'PodScheduled', 'ContainersReady', 'Ready', 'status.reason', 'status.phase'],
    healthyStatus: () => ({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True', reason: 'Ready' }] }),
  },
  {
    ...{ group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
    healthy: allOf(
      isTrue('AbleToScale'),
      anyOf(isTrue('ScalingActive'), conditionIs('ScalingActive', 'False', 'ScalingDisabled')),
    ),
    tells: ['AbleToScale', 'ScalingActive'],
    healthyStatus: () => ({
      conditions: ['AbleToScale', 'ScalingActive'].map((type) => ({ type, status: 'True', reason: 'Ready' })),
    }),
  },
  { group: 'batch', kind: 'CronJob', healthy: 'true', ownHealth: false },
];

/** A status in which all that is wanted is there. */
function replicaStatus(...fields: readonly string[]): (object: KubeObject) => { readonly [field: string]: number } {
  return (object) => {
    const replicas = Number(readFieldPath(object, 'spec.replicas') ?? 1);
    return Object.fromEntries(['replicas', ...fields].map((field) => [field, replicas]));
  };
}
