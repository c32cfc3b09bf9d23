import { formatTable } from '../output/table.ts';
import type { ExplainedCluster, Explanation } from './explanation.ts';
import { formatProgress, formatReplicas } from './print-explanation.ts';

/** Returns everything that is known of one cluster and what was decided about it, a line each. */
export function printCluster({ kind, namespace, name }: Explanation, each: ExplainedCluster): string {
  const { facts, replicas, score, parts = [], suggestion, waitingFor, rollout } = each;
  const lines = [
    ['why', each.reason],
    ...(score === undefined ? [] : [['score', String(score)]]),
    ...parts.map((part) => [`  ${part.name}`, `${part.score} (weight ${part.weight})`]),
    ...(suggestion === undefined ? [] : [['would help', suggestion]]),
    ...(waitingFor === undefined ? [] : [['waits', waitingFor]]),
    ...(rollout === undefined ? [] : [['rollout', formatProgress(rollout)]]),
    ...(replicas === undefined ? [] : [['replicas', formatReplicas(replicas)]]),
    ...(facts === undefined ? [['cluster', 'no ClusterSet lists it']] : factLines(facts)),
  ];
  return `${kind} ${namespace}/${name} on ${each.cluster}  ${each.verdict}\n${formatTable(lines, '  ')}`;
}

function factLines(facts: NonNullable<ExplainedCluster['facts']>): readonly (readonly string[])[] {
  const { clusterSet, version, healthy, healthChangedAt, changedAt, taints, paused, labels, properties } = facts;
  const since = healthChangedAt === undefined ? '' : ` since ${healthChangedAt}`;
  return [
    ['cluster set', clusterSet],
    ['version', version || 'not known'],
    ['health', `${healthy ? 'healthy' : 'unhealthy'}${since}`],
    ['taints', taints.join(', ') || 'none'],
    ...(paused === undefined ? [] : [['paused', paused]]),
    ['labels', formatMap(labels)],
    ['properties', formatMap(properties)],
    ...(changedAt === undefined ? [] : [['changed', changedAt]]),
  ];
}

function formatMap(map: { readonly [key: string]: string }): string {
  const texts = Object.entries(map).map(([key, value]) => `${key}=${value}`);
  return texts.length === 0 ? 'none' : texts.join(', ');
}
