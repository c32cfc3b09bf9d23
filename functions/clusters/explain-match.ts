import type { ClusterSelection } from '../generated/types.ts';
import type { ClusterFacts } from './cluster-facts.ts';

/** Returns in a few words what made a cluster match a selection: its set, and the facts that the selection asked for. */
export function explainMatch({ clusterNames, clusterSelector, cel }: ClusterSelection, cluster: ClusterFacts): string {
  const { matchLabels = {}, matchExpressions = [] } = clusterSelector ?? {};
  const keys = new Set([...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)]);
  return [
    `member of ${cluster.set}`,
    ...(clusterNames === undefined ? [] : ['named']),
    ...[...keys]
      .sort()
      .map((key) => (cluster.labels[key] === undefined ? `no ${key}` : `${key}=${cluster.labels[key]}`)),
    ...(cel === undefined ? [] : [cel]),
  ].join(', ');
}
