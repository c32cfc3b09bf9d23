import { byPhase } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, fieldIs, hasItems } from '../signs.ts';

/** One node has nowhere to put replicas of its shards: yellow is as well as it gets. */
const hasOneNode = allOf(
  hasItems('spec.nodeSets'),
  'size(object.spec.nodeSets) == 1 && has(object.spec.nodeSets[0].count) && object.spec.nodeSets[0].count == 1.0',
);

/** Elastic Cloud on Kubernetes: colours, and a phase for Elasticsearch. */
export const elastic: readonly HealthRule[] = [
  {
    ...{ group: 'elasticsearch.k8s.elastic.co', kind: 'Elasticsearch', pods: {} },
    healthy: allOf(
      fieldIs('status.phase', 'Ready'),
      anyOf(fieldIs('status.health', 'green'), allOf(fieldIs('status.health', 'yellow'), hasOneNode)),
    ),
    failed: fieldIs('status.phase', 'Invalid'),
    tells: ['ReconciliationComplete', 'ElasticsearchIsReachable', 'status.health', 'status.phase'],
    healthyStatus: () => ({ phase: 'Ready', health: 'green' }),
  },
  ...(
    [
      ['kibana.k8s.elastic.co', 'Kibana'],
      ['apm.k8s.elastic.co', 'ApmServer'],
      ['enterprisesearch.k8s.elastic.co', 'EnterpriseSearch'],
      ['maps.k8s.elastic.co', 'ElasticMapsServer'],
      ['beat.k8s.elastic.co', 'Beat'],
      ['agent.k8s.elastic.co', 'Agent'],
      ['logstash.k8s.elastic.co', 'Logstash'],
    ] as const
  ).flatMap(([group, kind]) => byPhase(group, [kind], 'status.health', { healthy: ['green'] }, { pods: {} })),
];
