import { byConditions } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, conditionIs, has, isTrue, not, numberAt } from '../signs.ts';

const group = 'kafka.strimzi.io';
const tells = ['!NotReady', 'Ready'];
/** Strimzi tries all else again; what is written wrongly stays so. */
const failed = conditionIs('NotReady', 'True', 'InvalidResourceException');
const ready = { healthy: allOf(isTrue('Ready'), not(isTrue('NotReady'))), failed, tells };

/** Strimzi says NotReady where others say that Ready is False; and ZooKeeper. */
export const kafka: readonly HealthRule[] = [
  ...byConditions(group, ['Kafka'], ['Ready'], { ...ready, pods: {} }),
  ...byConditions(group, ['KafkaConnect', 'KafkaBridge', 'KafkaMirrorMaker2'], ['Ready'], {
    ...ready,
    pods: { replicas: 'spec.replicas' },
  }),
  ...byConditions(group, ['KafkaConnector', 'KafkaTopic', 'KafkaUser'], ['Ready'], ready),
  {
    ...{ group, kind: 'KafkaNodePool', pods: { replicas: 'spec.replicas' }, failed, tells },
    healthy: allOf(has('status.observedGeneration'), not(isTrue('NotReady'))),
    healthyStatus: () => ({ nodeIds: [0] }),
  },
  ...byConditions(group, ['KafkaRebalance'], ['Ready'], { failed: isTrue('NotReady'), tells }),
  {
    ...{ group: 'core.strimzi.io', kind: 'StrimziPodSet', pods: {} },
    healthy: allOf(
      has('status.observedGeneration'),
      `${numberAt('status.readyPods', 0)} == ${numberAt('status.pods', 0)}`,
      `${numberAt('status.currentPods', 0)} == ${numberAt('status.pods', 0)}`,
    ),
    counts: [{ have: 'status.readyPods', want: 'status.pods', what: 'pods are ready' }],
    healthyStatus: () => ({ pods: 1, readyPods: 1, currentPods: 1 }),
  },
  {
    ...{ group: 'zookeeper.pravega.io', kind: 'ZookeeperCluster', pods: { replicas: 'spec.replicas' } },
    healthy: allOf(
      has('status.readyReplicas'),
      'object.status.readyReplicas > 0.0',
      `object.status.readyReplicas == ${numberAt('status.replicas', 0)}`,
    ),
    counts: [{ have: 'status.readyReplicas', want: 'status.replicas', what: 'replicas are ready' }],
    healthyStatus: () => ({ replicas: 1, readyReplicas: 1 }),
  },
];
