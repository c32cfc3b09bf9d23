import { testFamily, withCondition } from '../health-cases.ts';
import { workloads } from './workloads.ts';

const seen = { observedGeneration: 2 };
const all = (count: number) => ({
  ...seen,
  ...{ replicas: count, updatedReplicas: count, availableReplicas: count, readyReplicas: count },
});
const onDelete = { updateStrategy: { type: 'OnDelete' } };
const partition = (from: number) => ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: from } } });

testFamily(
  'workloads',
  workloads,
  [
    ...(['apps/v1', 'Deployment'] as const),
    ['every replica is new and available', { spec: { replicas: 3 }, status: all(3) }, 'Healthy'],
    ['one replica is wanted when none is stated', { spec: {}, status: all(1) }, 'Healthy'],
    ['none is wanted', { spec: { replicas: 0 }, status: seen }, 'Healthy'],
    [
      'old ones are still there',
      { spec: { replicas: 3 }, status: { ...all(3), replicas: 4 } },
      'Progressing',
      '1 more than wanted are still there',
    ],
    [
      'some are old',
      { spec: { replicas: 3 }, status: { ...all(3), updatedReplicas: 1 } },
      'Progressing',
      '1 of 3 replicas are new',
    ],
    [
      'some are not available',
      { spec: { replicas: 3 }, status: { ...all(3), availableReplicas: 1 } },
      'Progressing',
      '1 of 3 replicas are available',
    ],
    [
      'it says itself why',
      {
        spec: { replicas: 3 },
        status: {
          ...seen,
          ...withCondition('Available', 'False', { message: 'Deployment does not have minimum availability.' }),
        },
      },
      'Progressing',
      'Deployment does not have minimum availability.',
    ],
    [
      'its deadline has passed',
      {
        spec: { replicas: 3 },
        status: {
          ...{ ...all(3), availableReplicas: 0 },
          ...withCondition('Progressing', 'False', {
            reason: 'ProgressDeadlineExceeded',
            message: 'has timed out progressing.',
          }),
        },
      },
      'Failed',
      'has timed out progressing.',
    ],
    ['no controller has looked', { spec: { replicas: 3 } }, 'Progressing', 'says nothing of its health yet'],
    [
      'it is being deleted',
      { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }, status: all(1) },
      'Progressing',
      'is being deleted',
    ],
  ],
  [
    ...(['apps/v1', 'StatefulSet'] as const),
    ['every replica is new and ready', { spec: { replicas: 3 }, status: all(3) }, 'Healthy'],
    [
      'one is not ready',
      { spec: { replicas: 3 }, status: { ...all(3), readyReplicas: 2 } },
      'Progressing',
      '2 of 3 replicas are ready',
    ],
    ['one is old', { spec: { replicas: 3 }, status: { ...all(3), updatedReplicas: 2 } }, 'Progressing'],
    [
      'old ones wait to be deleted by hand',
      { spec: { replicas: 3, ...onDelete }, status: { ...all(3), updatedReplicas: 0 } },
      'Healthy',
    ],
    [
      'updates stop at the partition',
      { spec: { replicas: 3, ...partition(2) }, status: { ...all(3), updatedReplicas: 1 } },
      'Healthy',
    ],
    [
      'the partition is not reached',
      { spec: { replicas: 3, ...partition(1) }, status: { ...all(3), updatedReplicas: 1 } },
      'Progressing',
    ],
    [
      'the partition is above all',
      { spec: { replicas: 3, ...partition(9) }, status: { ...all(3), updatedReplicas: 0 } },
      'Healthy',
    ],
  ],
  [
    ...(['apps/v1', 'DaemonSet'] as const),
    [
      'a new pod is on every node',
      { status: { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 } },
      'Healthy',
    ],
    ['no node wants it', { status: { ...seen, desiredNumberScheduled: 0 } }, 'Healthy'],
    [
      'one is missing',
      { status: { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 } },
      'Progressing',
      '2 of 3 pods are available',
    ],
    [
      'one is old',
      { status: { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 2, numberAvailable: 3 } },
      'Progressing',
    ],
    [
      'old ones wait to be deleted by hand',
      { spec: onDelete, status: { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 0, numberAvailable: 3 } },
      'Healthy',
    ],
  ],
  [
    ...(['apps/v1', 'ReplicaSet'] as const),
    ['all of three', { spec: { replicas: 3 }, status: all(3) }, 'Healthy'],
    [
      'none of three',
      { spec: { replicas: 3 }, status: { ...seen, replicas: 3 } },
      'Progressing',
      '0 of 3 replicas are available',
    ],
    [
      'pods are refused',
      {
        spec: { replicas: 3 },
        status: { ...seen, ...withCondition('ReplicaFailure', 'True', { message: 'exceeded quota' }) },
      },
      'Progressing',
      'exceeded quota',
    ],
  ],
  [
    ...(['batch/v1', 'Job'] as const),
    ['complete', { status: withCondition('Complete', 'True') }, 'Healthy'],
    [
      'running',
      { spec: { completions: 2 }, status: { active: 1, succeeded: 1 } },
      'Progressing',
      '1 of 2 pods have succeeded',
    ],
    [
      'failed',
      { status: withCondition('Failed', 'True', { message: 'Job has reached the specified backoff limit' }) },
      'Failed',
      'Job has reached the specified backoff limit',
    ],
  ],
  [
    ...(['v1', 'Pod'] as const),
    ['running and ready', { status: { phase: 'Running', ...withCondition('Ready', 'True') } }, 'Healthy'],
    ['done', { status: { phase: 'Succeeded' } }, 'Healthy'],
    [
      'not scheduled',
      {
        status: { phase: 'Pending', ...withCondition('PodScheduled', 'False', { message: '0/3 nodes are available' }) },
      },
      'Progressing',
      '0/3 nodes are available',
    ],
    [
      'running and not ready',
      { status: { phase: 'Running', ...withCondition('Ready', 'False', { reason: 'ContainersNotReady' }) } },
      'Progressing',
      'Ready is False: ContainersNotReady',
    ],
    ['failed', { status: { phase: 'Failed', reason: 'Evicted' } }, 'Failed', 'Evicted'],
  ],
  [
    ...(['autoscaling/v2', 'HorizontalPodAutoscaler'] as const),
    [
      'no metrics',
      {
        status: {
          conditions: [
            { type: 'AbleToScale', status: 'True' },
            {
              type: 'ScalingActive',
              status: 'False',
              reason: 'FailedGetResourceMetric',
              message: 'no metrics known for pod',
            },
          ],
        },
      },
      'Progressing',
      'no metrics known for pod',
    ],
  ],
);
