import { testFamily, withCondition, withConditions } from '../health-cases.ts';
import { dataProcessing } from './data-processing.ts';
import { databases } from './databases.ts';
import { elastic } from './elastic.ts';
import { kafka } from './kafka.ts';
import { postgres } from './postgres.ts';
import { rabbitmq } from './rabbitmq.ts';

testFamily(
  'Kafka',
  kafka,
  [
    ...(['kafka.strimzi.io/v1beta2', 'Kafka'] as const),
    ['ready', { status: { observedGeneration: 2, ...withConditions('Ready') } }, 'Healthy'],
    [
      'ready as it was before',
      { status: { observedGeneration: 1, ...withConditions('Ready') } },
      'Progressing',
      'its status speaks of an older generation than the present one',
    ],
    [
      'not ready',
      { status: withCondition('NotReady', 'True', { reason: 'TimeoutException', message: 'Exceeded timeout' }) },
      'Progressing',
      'Exceeded timeout',
    ],
    [
      'written wrongly',
      { status: withCondition('NotReady', 'True', { reason: 'InvalidResourceException', message: 'no listener' }) },
      'Failed',
      'no listener',
    ],
  ],
  [
    ...(['kafka.strimzi.io/v1beta2', 'KafkaRebalance'] as const),
    ['waits for approval', { status: withConditions('ProposalReady') }, 'Progressing'],
  ],
);

testFamily(
  'Postgres',
  postgres,
  [
    ...(['postgresql.cnpg.io/v1', 'Cluster'] as const),
    ['healthy', { status: { phase: 'Cluster in healthy state' } }, 'Healthy'],
    [
      'failing over',
      { status: { phase: 'Failing over', phaseReason: 'primary is gone' } },
      'Progressing',
      'primary is gone',
    ],
    ['lost', { status: { phase: 'Cluster is unrecoverable and needs manual intervention' } }, 'Failed'],
  ],
  [
    ...(['postgresql.cnpg.io/v1', 'Backup'] as const),
    ['failed', { status: { phase: 'failed', error: 'no bucket' } }, 'Failed', 'no bucket'],
  ],
  [
    ...(['postgresql.cnpg.io/v1', 'ScheduledBackup'] as const),
    ['refused', { status: { error: 'bad schedule' } }, 'Progressing', 'bad schedule'],
  ],
  [
    ...(['postgresql.cnpg.io/v1', 'Pooler'] as const),
    ['of an operator that tells no phase', { spec: { instances: 3 }, status: { instances: 3 } }, 'Healthy'],
  ],
  [
    ...(['acid.zalan.do/v1', 'postgresql'] as const),
    [
      'not created',
      { status: { PostgresClusterStatus: 'CreateFailed' } },
      'Failed',
      'PostgresClusterStatus is CreateFailed',
    ],
  ],
);

testFamily(
  'data processing',
  dataProcessing,
  [
    ...(['sparkoperator.k8s.io/v1beta2', 'SparkApplication'] as const),
    ['running', { status: { applicationState: { state: 'RUNNING' } } }, 'Healthy'],
    [
      'submitted',
      { status: { applicationState: { state: 'SUBMITTED' } } },
      'Progressing',
      'applicationState.state is SUBMITTED',
    ],
    [
      'submission is tried again',
      { status: { applicationState: { state: 'SUBMISSION_FAILED', errorMessage: 'webhook is away' } } },
      'Progressing',
      'webhook is away',
    ],
    [
      'failed',
      { status: { applicationState: { state: 'FAILED', errorMessage: 'driver failed' } } },
      'Failed',
      'driver failed',
    ],
  ],
  [
    ...(['ray.io/v1', 'RayJob'] as const),
    ['succeeded', { status: { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' } }, 'Healthy'],
    [
      'complete and failed',
      { status: { jobDeploymentStatus: 'Complete', jobStatus: 'FAILED', message: 'exit 1' } },
      'Failed',
      'exit 1',
    ],
  ],
  [
    ...(['ray.io/v1', 'RayCluster'] as const),
    ['provisioned', { status: withConditions('RayClusterProvisioned', 'HeadPodReady') }, 'Healthy'],
  ],
);

testFamily('RabbitMQ', rabbitmq, [
  ...(['rabbitmq.com/v1beta1', 'RabbitmqCluster'] as const),
  ['all ready', { status: withConditions('ClusterAvailable', 'AllReplicasReady', 'ReconcileSuccess') }, 'Healthy'],
  [
    'one is missing',
    { status: withConditions('ClusterAvailable', '!AllReplicasReady') },
    'Progressing',
    'AllReplicasReady is False',
  ],
  [
    'its last change was refused',
    { status: withConditions('ClusterAvailable', 'AllReplicasReady', '!ReconcileSuccess') },
    'Progressing',
  ],
]);

const nodes = (count: number) => ({ nodeSets: [{ name: 'default', count }] });

testFamily('Elastic', elastic, [
  ...(['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch'] as const),
  ['green', { spec: nodes(3), status: { phase: 'Ready', health: 'green' } }, 'Healthy'],
  [
    'yellow with three nodes',
    { spec: nodes(3), status: { phase: 'Ready', health: 'yellow' } },
    'Progressing',
    'health is yellow',
  ],
  ['yellow with one node', { spec: nodes(1), status: { phase: 'Ready', health: 'yellow' } }, 'Healthy'],
  [
    'green while changes are applied',
    { spec: nodes(3), status: { phase: 'ApplyingChanges', health: 'green' } },
    'Progressing',
  ],
  ['invalid', { spec: nodes(3), status: { phase: 'Invalid' } }, 'Failed', 'phase is Invalid'],
]);

testFamily(
  'databases',
  databases,
  [
    ...(['clickhouse.altinity.com/v1', 'ClickHouseInstallation'] as const),
    ['aborted', { status: { status: 'Aborted' } }, 'Failed', 'status is Aborted'],
  ],
  [
    ...(['cassandra.datastax.com/v1beta1', 'CassandraDatacenter'] as const),
    [
      'ready',
      { status: { observedGeneration: 2, cassandraOperatorProgress: 'Ready', ...withConditions('Ready', 'Valid') } },
      'Healthy',
    ],
    [
      'updating',
      { status: { observedGeneration: 2, cassandraOperatorProgress: 'Updating', ...withConditions('Ready') } },
      'Progressing',
      'cassandraOperatorProgress is Updating',
    ],
    [
      'not valid',
      { status: withCondition('Valid', 'False', { message: 'cannot change rack' }) },
      'Failed',
      'cannot change rack',
    ],
  ],
  [
    ...(['redis.redis.opstreelabs.in/v1beta2', 'RedisCluster'] as const),
    ['failed', { status: { state: 'Failed', reason: 'slots are lost' } }, 'Failed', 'slots are lost'],
  ],
  [
    ...(['mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity'] as const),
    [
      'tried again',
      { status: { phase: 'Failed', message: 'not all members are ready' } },
      'Progressing',
      'not all members are ready',
    ],
  ],
  [
    ...(['pxc.percona.com/v1', 'PerconaXtraDBCluster'] as const),
    ['paused, as it should be', { spec: { pause: true }, status: { state: 'paused' } }, 'Healthy'],
    ['error', { status: { state: 'error', message: ['pod is pending'] } }, 'Progressing', 'pod is pending'],
  ],
  [
    ...(['mysql.oracle.com/v2', 'InnoDBCluster'] as const),
    [
      'in part',
      { status: { cluster: { status: 'ONLINE_PARTIAL' } } },
      'Progressing',
      'cluster.status is ONLINE_PARTIAL',
    ],
  ],
);
