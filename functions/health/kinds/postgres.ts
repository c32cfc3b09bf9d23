import { byPhase, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, fieldIs, has, not, numberAt } from '../signs.ts';

const cnpg = 'postgresql.cnpg.io';
const paused = allOf(fieldIs('status.state', 'paused'), fieldIs('spec.pause', true));

/** CloudNativePG, and the Postgres operators of Zalando and Percona. */
export const postgres: readonly HealthRule[] = [
  ...byPhase(
    cnpg,
    ['Cluster'],
    'status.phase',
    {
      healthy: ['Cluster in healthy state'],
      failed: ['Cluster is unrecoverable and needs manual intervention', 'Invalid cluster definition'],
    },
    { tells: ['status.phaseReason'], pods: { replicas: 'spec.instances' } },
  ),
  ...byPhase(
    cnpg,
    ['Backup'],
    'status.phase',
    { healthy: ['completed'], failed: ['failed', 'invalid backup definition'] },
    {
      tells: ['status.error'],
    },
  ),
  {
    ...{ group: cnpg, kind: 'ScheduledBackup', ownHealth: false, tells: ['status.error'] },
    healthy: anyOf(not(has('status')), not(has('status.error')), fieldIs('status.error', '')),
  },
  {
    ...{ group: cnpg, kind: 'Pooler', pods: { replicas: 'spec.instances' } },
    healthy: anyOf(
      fieldIs('status.phase', 'active', 'paused'),
      allOf(
        has('status'),
        not(has('status.phase')),
        `${numberAt('status.instances', 0)} == ${numberAt('spec.instances', 1)}`,
      ),
    ),
    failed: fieldIs('status.phase', 'failed'),
    tells: ['status.phaseReason', 'status.phase'],
    healthyStatus: () => ({ phase: 'active' }),
  },
  ...['Database', 'Publication', 'Subscription'].map((kind) => ({
    ...{ group: cnpg, kind, tells: ['status.message'] },
    healthy: fieldIs('status.applied', true),
    healthyStatus: () => ({ applied: true }),
  })),
  ...withoutHealth(cnpg, ['ImageCatalog', 'ClusterImageCatalog']),
  ...byPhase(
    'acid.zalan.do',
    ['postgresql'],
    'status.PostgresClusterStatus',
    { healthy: ['Running'], failed: ['CreateFailed', 'UpdateFailed', 'SyncFailed', 'Invalid'] },
    { pods: { replicas: 'spec.numberOfInstances' } },
  ),
  ...byPhase(
    'pgv2.percona.com',
    ['PerconaPGCluster'],
    'status.state',
    { healthy: ['ready'] },
    {
      healthy: anyOf(fieldIs('status.state', 'ready'), paused),
      pods: { suspended: 'spec.pause' },
    },
  ),
];
