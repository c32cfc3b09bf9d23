import { formatTable } from '../output/table.ts';
import type { ExplainedCluster, Explanation } from './explanation.ts';

/** Returns an explanation as text: the decision in one line, then a row for every cluster. */
export function printExplanation(explanation: Explanation): string {
  const { clusters } = explanation;
  const header = summaryLine(explanation);
  return clusters.length === 0 ? header : `${header}\n\n${clustersTable(clusters)}`;
}

function summaryLine({ kind, namespace, name, mode, summary, nextDecisionAt }: Explanation): string {
  const kept = mode === 'KeepLastGood' ? '  (what runs is kept as it is)' : '';
  const next = nextDecisionAt === undefined ? '' : `  (looked at again at ${nextDecisionAt})`;
  return `${kind} ${namespace}/${name}  ${summary.reason}: ${summary.message}${kept}${next}`;
}

/** Columns in which nothing stands are left out. */
function clustersTable(clusters: readonly ExplainedCluster[]): string {
  const isScored = clusters.some(({ score }) => score !== undefined);
  const isDivided = clusters.some(({ replicas }) => replicas !== undefined);
  const isHelped = clusters.some(({ suggestion }) => suggestion !== undefined);
  const row = (each: ExplainedCluster) => [
    each.cluster,
    each.verdict,
    ...(isScored ? [each.score === undefined ? '-' : String(each.score)] : []),
    ...(isDivided ? [formatReplicas(each.replicas)] : []),
    [each.reason, each.waitingFor, each.rollout && formatProgress(each.rollout)]
      .filter((part) => part !== undefined)
      .join('; '),
    ...(isHelped ? [each.suggestion ?? ''] : []),
  ];
  const header = [
    'CLUSTER',
    'VERDICT',
    ...(isScored ? ['SCORE'] : []),
    ...(isDivided ? ['REPLICAS'] : []),
    'WHY',
    ...(isHelped ? ['WHAT WOULD HELP'] : []),
  ];
  return formatTable([header, ...clusters.map(row)]);
}

/** Returns replicas as `cart 2, web 3`; a dash for none. */
export function formatReplicas(replicas: ExplainedCluster['replicas'] = {}): string {
  const texts = Object.entries(replicas).map(([component, count]) => `${component} ${count}`);
  return texts.length === 0 ? '-' : texts.join(', ');
}

/** Returns how far the rollout is on one cluster as `Waiting: waits for wave canary: 0 of 1 clusters are healthy`. */
export function formatProgress({ phase, message }: NonNullable<ExplainedCluster['rollout']>): string {
  return message === undefined ? phase : `${phase}: ${message}`;
}
