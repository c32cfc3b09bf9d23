import { byConditions, byPhase, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, fieldIs, has, isFalse, isTrue } from '../signs.ts';

const cassandraReady = allOf(fieldIs('status.cassandraOperatorProgress', 'Ready'), isTrue('Ready'));
const paused = allOf(fieldIs('status.state', 'paused'), fieldIs('spec.pause', true));
const percona = {
  healthy: anyOf(fieldIs('status.state', 'ready'), paused),
  ...{ tells: ['status.message'], pods: { suspended: 'spec.pause' } },
};

/** ClickHouse, Cassandra, Redis, MongoDB and MySQL by their operators; what these try again has not failed. */
export const databases: readonly HealthRule[] = [
  ...byPhase(
    'clickhouse.altinity.com',
    ['ClickHouseInstallation'],
    'status.status',
    { healthy: ['Completed'], failed: ['Aborted'] },
    { tells: ['status.error'], pods: {} },
  ),
  ...byPhase(
    'clickhouse-keeper.altinity.com',
    ['ClickHouseKeeperInstallation'],
    'status.status',
    { healthy: ['Completed'], failed: ['Aborted'] },
    { tells: ['status.error'], pods: {} },
  ),
  {
    ...{ group: 'cassandra.datastax.com', kind: 'CassandraDatacenter', pods: { suspended: 'spec.stopped' } },
    healthy: allOf(
      has('status.observedGeneration'),
      anyOf(cassandraReady, allOf(fieldIs('spec.stopped', true), isTrue('Stopped'))),
    ),
    failed: isFalse('Valid'),
    tells: ['Valid', 'Ready', 'Healthy', 'status.cassandraOperatorProgress'],
    healthyStatus: () => ({
      cassandraOperatorProgress: 'Ready',
      conditions: [{ type: 'Ready', status: 'True', reason: 'Ready' }],
    }),
  },
  ...byConditions('control.k8ssandra.io', ['CassandraTask'], ['Complete'], {
    ...{ failed: isTrue('Failed'), tells: ['!Failed'] },
  }),
  ...byPhase(
    'redis.redis.opstreelabs.in',
    ['RedisCluster'],
    'status.state',
    { healthy: ['Ready'], failed: ['Failed'] },
    { tells: ['status.reason'], pods: { replicas: 'spec.clusterSize' } },
  ),
  ...withoutHealth('redis.redis.opstreelabs.in', ['Redis', 'RedisReplication', 'RedisSentinel']),
  ...byPhase(
    'mongodbcommunity.mongodb.com',
    ['MongoDBCommunity'],
    'status.phase',
    { healthy: ['Running'] },
    {
      ...{ tells: ['status.message'], pods: { replicas: 'spec.members' } },
    },
  ),
  ...byPhase('psmdb.percona.com', ['PerconaServerMongoDB'], 'status.state', { healthy: ['ready'] }, percona),
  ...byPhase('pxc.percona.com', ['PerconaXtraDBCluster'], 'status.state', { healthy: ['ready'] }, percona),
  ...byPhase('ps.percona.com', ['PerconaServerMySQL'], 'status.state', { healthy: ['ready'] }, percona),
  ...byPhase(
    'mysql.oracle.com',
    ['InnoDBCluster'],
    'status.cluster.status',
    { healthy: ['ONLINE'], failed: ['INVALID'] },
    { pods: { replicas: 'spec.instances' } },
  ),
  ...byConditions('k8s.mariadb.com', ['MariaDB'], ['Ready'], { pods: { replicas: 'spec.replicas' } }),
  ...byConditions('k8s.mariadb.com', ['Database', 'User', 'Grant']),
];
