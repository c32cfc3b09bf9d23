import { byConditions, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { conditionIs, isTrue } from '../signs.ts';

const group = 'kueue.x-k8s.io';

/** Kueue's queues and checks, and the sets of jobs that it admits: JobSet, LeaderWorkerSet, Kubeflow's TrainJob. */
export const kueue: readonly HealthRule[] = [
  ...byConditions(group, ['ClusterQueue', 'LocalQueue', 'AdmissionCheck', 'MultiKueueCluster'], ['Active']),
  ...byConditions(group, ['Workload'], ['Finished'], {
    failed: conditionIs('Finished', 'True', 'Failed'),
    tells: ['!Evicted', 'QuotaReserved', 'Admitted'],
  }),
  ...withoutHealth(group, [
    ...['ResourceFlavor', 'Cohort', 'Topology', 'WorkloadPriorityClass'],
    ...['MultiKueueConfig', 'ProvisioningRequestConfig'],
  ]),
  ...byConditions('jobset.x-k8s.io', ['JobSet'], ['Completed'], {
    ...{ failed: isTrue('Failed'), tells: ['!Failed', '!Suspended'], pods: { suspended: 'spec.suspend' } },
  }),
  ...byConditions('leaderworkerset.x-k8s.io', ['LeaderWorkerSet'], ['Available'], {
    tells: ['Available', '!UpdateInProgress', '!Progressing'],
    pods: { replicas: 'spec.replicas' },
  }),
  ...byConditions('trainer.kubeflow.org', ['TrainJob'], ['Complete'], {
    ...{ failed: isTrue('Failed'), tells: ['!Failed', '!Suspended'], pods: { suspended: 'spec.suspend' } },
  }),
];
