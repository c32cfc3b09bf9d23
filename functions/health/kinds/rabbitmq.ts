import { byConditions } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, isFalse, isTrue, not } from '../signs.ts';

/** RabbitMQ's clusters and what stands in them. */
export const rabbitmq: readonly HealthRule[] = [
  ...byConditions('rabbitmq.com', ['RabbitmqCluster'], ['ClusterAvailable', 'AllReplicasReady'], {
    healthy: allOf(isTrue('ClusterAvailable'), isTrue('AllReplicasReady'), not(isFalse('ReconcileSuccess'))),
    tells: ['ReconcileSuccess', 'ClusterAvailable', 'AllReplicasReady'],
    pods: { replicas: 'spec.replicas' },
  }),
  ...byConditions('rabbitmq.com', [
    ...['Queue', 'Exchange', 'Binding', 'Vhost', 'User', 'Permission', 'Policy', 'Shovel'],
  ]),
];
