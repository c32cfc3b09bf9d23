import { byConditions, byPhase } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, fieldIs, has, isFalse, isTrue, not } from '../signs.ts';

const prometheus = 'monitoring.coreos.com';
const refused = `${has('status.bindings')} && object.status.bindings.exists(b, has(b.conditions) && b.conditions.exists(c, c.type == "Accepted" && c.status == "False"))`;

/** The Prometheus, VictoriaMetrics and Grafana operators, and Kyverno. */
export const observability: readonly HealthRule[] = [
  ...byConditions(prometheus, ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'], ['Available'], {
    healthy: allOf(isTrue('Available'), not(isFalse('Reconciled'))),
    tells: ['Reconciled', 'Available'],
    pods: { replicas: 'spec.replicas' },
  }),
  ...[...['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'], ...['PrometheusRule', 'AlertmanagerConfig']].map(
    (kind) => ({
      ...{ group: prometheus, kind, ownHealth: false as const, tells: ['status.bindings'] },
      healthy: not(refused),
    }),
  ),
  ...byPhase(
    'operator.victoriametrics.com',
    ['*'],
    'status.updateStatus',
    { healthy: ['operational'], failed: ['failed'] },
    {
      tells: ['status.reason'],
    },
  ),
  {
    ...{ group: 'grafana.integreatly.org', kind: 'Grafana', pods: {} },
    healthy: allOf(fieldIs('status.stage', 'complete'), fieldIs('status.stageStatus', 'success')),
    tells: ['status.lastMessage', 'status.stage'],
    healthyStatus: () => ({ stage: 'complete', stageStatus: 'success' }),
  },
  ...byConditions('kyverno.io', ['Policy', 'ClusterPolicy'], ['Ready']),
];
