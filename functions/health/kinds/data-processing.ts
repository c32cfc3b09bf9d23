import { byConditions, byPhase, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, fieldIs, isTrue } from '../signs.ts';

const ray = 'ray.io';
const spark = 'sparkoperator.k8s.io';
const messageOfSpark = ['status.applicationState.errorMessage'];

/** Spark, Ray and Flink. What runs may run for ever, so a Spark application is well when it runs; a RayJob when it has succeeded. */
export const dataProcessing: readonly HealthRule[] = [
  ...byPhase(
    spark,
    ['SparkApplication'],
    'status.applicationState.state',
    { healthy: ['RUNNING', 'SUCCEEDING', 'COMPLETED'], failed: ['FAILED'] },
    { tells: messageOfSpark, pods: { suspended: 'spec.suspend' } },
  ),
  ...byPhase(
    spark,
    ['ScheduledSparkApplication'],
    'status.scheduleState',
    { healthy: ['Scheduled'], failed: ['FailedValidation'] },
    { tells: ['status.reason'] },
  ),
  ...byPhase(spark, ['SparkConnect'], 'status.state', { healthy: ['Ready'], failed: ['Failed'] }, { pods: {} }),
  {
    ...{ group: ray, kind: 'RayCluster', pods: { suspended: 'spec.suspend' } },
    healthy: anyOf(fieldIs('status.state', 'ready'), allOf(isTrue('RayClusterProvisioned'), isTrue('HeadPodReady'))),
    tells: ['!ReplicaFailure', 'HeadPodReady', 'RayClusterProvisioned', 'status.reason', 'status.state'],
    healthyStatus: () => ({ state: 'ready' }),
  },
  {
    ...{ group: ray, kind: 'RayJob', pods: { suspended: 'spec.suspend' } },
    healthy: allOf(fieldIs('status.jobDeploymentStatus', 'Complete'), fieldIs('status.jobStatus', 'SUCCEEDED')),
    failed: anyOf(
      fieldIs('status.jobDeploymentStatus', 'Failed', 'ValidationFailed'),
      allOf(fieldIs('status.jobDeploymentStatus', 'Complete'), fieldIs('status.jobStatus', 'FAILED', 'STOPPED')),
    ),
    tells: ['status.message', 'status.reason', 'status.jobDeploymentStatus'],
    healthyStatus: () => ({ jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' }),
  },
  ...byConditions(ray, ['RayService'], ['Ready'], {
    healthy: anyOf(isTrue('Ready'), fieldIs('status.serviceStatus', 'Running')),
    pods: {},
  }),
  ...withoutHealth(ray, ['RayCronJob']),
  {
    ...{ group: 'flink.apache.org', kind: 'FlinkDeployment', pods: {} },
    healthy: allOf(
      fieldIs('status.jobManagerDeploymentStatus', 'READY'),
      fieldIs('status.reconciliationStatus.state', 'DEPLOYED'),
    ),
    tells: ['status.error', 'status.jobManagerDeploymentStatus'],
    healthyStatus: () => ({
      jobManagerDeploymentStatus: 'READY',
      reconciliationStatus: { state: 'DEPLOYED' },
    }),
  },
];
