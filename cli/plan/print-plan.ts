import { formatSeconds, formatTable } from '../output/table.ts';
import type { Plan, PlannedComposite, PlannedPlacement, Wave } from './plan.ts';

/** Returns a plan as text: each composite with its clusters, why they were chosen or not, what differs between them, and the waves. */
export function printPlan(plan: Plan, only?: string): string {
  const composites = plan.composites.filter(
    ({ placements }) => only === undefined || placements.some(({ cluster }) => cluster === only),
  );
  const total = Object.values(plan.manifests).reduce((sum, manifests) => sum + manifests.length, 0);
  const end = plan.isConverged ? 'converged' : 'NOT converged';
  const summary = `${plan.clusters.length} clusters, ${total} objects, ${end} after ${formatSeconds(plan.seconds)} of virtual time`;
  return [...composites.map((composite) => printComposite(composite, only)), summary].join('\n\n');
}

function printComposite(composite: PlannedComposite, only: string | undefined): string {
  const { kind, namespace, name, revision, phase } = composite;
  const placements = composite.placements.filter(({ cluster }) => only === undefined || cluster === only);
  const title = `${kind} ${namespace}/${name}  revision ${revision || 'none'}  ${phase}`;
  return [
    title,
    placements.length > 0 ? clustersTable(placements) : '  runs nowhere',
    ...section('values', valueRows(placements)),
    ...section(
      'not chosen',
      only === undefined ? composite.others.map(({ cluster, verdict, reason }) => [cluster, verdict, reason]) : [],
    ),
    ...section('waves', composite.waves.flatMap(waveRow)),
  ].join('\n');
}

function clustersTable(placements: readonly PlannedPlacement[]): string {
  return formatTable(
    ['CLUSTER', 'SET', 'REVISION', 'PHASE', 'OBJECTS', 'WORKLOADS', 'REPLICAS', 'OVERRIDES', 'WHY'],
    placements.map((each) => [
      each.cluster,
      each.clusterSet,
      each.revision,
      each.phase,
      String(each.objects),
      String(each.workloads),
      String(each.replicas),
      each.overrides.join(',') || '-',
      each.reason,
    ]),
    '  ',
  );
}

/** Values that are the same on every cluster say nothing about the clusters. */
function valueRows(placements: readonly PlannedPlacement[]): readonly (readonly string[])[] {
  const expressions = [...new Set(placements.flatMap(({ values }) => Object.keys(values)))].sort();
  const texts = (expression: string) => placements.map(({ values }) => JSON.stringify(values[expression]) ?? '-');
  return expressions
    .filter((expression) => placements.length === 1 || new Set(texts(expression)).size > 1)
    .map((expression) => [
      `\${${expression}}`,
      placements.map(({ cluster }, index) => `${cluster}: ${texts(expression)[index]}`).join('  '),
    ]);
}

function waveRow({ seconds, change, clusters }: Wave): readonly (readonly string[])[] {
  return [[`+${formatSeconds(seconds)}`, change, clusters.join(', ')]];
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  const [first] = rows;
  return first === undefined ? [] : [`  ${title}:`, formatTable(first, rows.slice(1), '    ')];
}
