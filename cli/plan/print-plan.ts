import { cut, formatSeconds, formatTable, listNames } from '../output/table.ts';
import type { Plan, PlannedComposite, PlannedPlacement } from './plan.ts';
import { valueRows } from './print-values.ts';
import { waveRows } from './print-waves.ts';

/** Reasons are sentences; the wide ones would make every row wide. */
const reasonWidth = 80;

/** Returns a plan as text: each composite with its clusters, why they were chosen or not, what differs between them, and the waves. */
export function printPlan(plan: Plan, only?: string): string {
  const composites = plan.composites.filter(
    ({ placements }) => only === undefined || placements.some(({ cluster }) => cluster === only),
  );
  return [...composites.map((composite) => printComposite(composite, only)), summary(plan)].join('\n\n');
}

function printComposite(composite: PlannedComposite, only: string | undefined): string {
  const { kind, namespace, name, revision, phase } = composite;
  const placements = composite.placements.filter(({ cluster }) => only === undefined || cluster === only);
  const others = only === undefined ? composite.others : [];
  const waves = composite.waves.filter(({ clusters }) => only === undefined || clusters.includes(only));
  return [
    `${kind} ${namespace}/${name}  revision ${revision || 'none'}  ${phase}`,
    placements.length > 0 ? clustersTable(composite, placements) : '  runs nowhere',
    ...section(
      'not chosen',
      others.map(({ cluster, verdict, reason, suggestion }) => [
        cluster,
        verdict,
        [cut(reason, reasonWidth), ...(suggestion === undefined ? [] : [suggestion])].join('; '),
      ]),
    ),
    ...section('objects on each', kindRows(placements)),
    ...section('values that differ', valueRows(placements)),
    ...section('waves', waveRows(waves)),
  ].join('\n');
}

/** Columns that would say the same in every row are left out: the revision of the title, and no overrides. */
function clustersTable({ revision }: PlannedComposite, placements: readonly PlannedPlacement[]): string {
  const isMixed = placements.some((each) => each.revision !== revision);
  const isOverridden = placements.some(({ overrides }) => overrides.length > 0);
  const row = (each: PlannedPlacement) => [
    each.cluster,
    each.clusterSet,
    ...(isMixed ? [each.revision] : []),
    each.phase,
    content(each),
    ...(isOverridden ? [each.overrides.join(', ') || '-'] : []),
    cut(each.reason, reasonWidth),
  ];
  const header = [
    'CLUSTER',
    'CLUSTERSET',
    ...(isMixed ? ['REVISION'] : []),
    'PHASE',
    'RUNS',
    ...(isOverridden ? ['OVERRIDES'] : []),
    'WHY',
  ];
  return formatTable([header, ...placements.map(row)], '  ');
}

function content({ objects, workloads, replicas }: PlannedPlacement): string {
  if (workloads === 0) return count(objects, 'object');
  return `${count(workloads, 'workload')}, ${count(replicas, 'replica')}`;
}

function kindRows(placements: readonly PlannedPlacement[]): readonly (readonly string[])[] {
  const most = new Map<string, number>();
  for (const { kinds } of placements)
    for (const [kind, number] of Object.entries(kinds)) most.set(kind, Math.max(number, most.get(kind) ?? 0));
  const texts = [...most].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, number]) => `${number} ${kind}`);
  return texts.length === 0 ? [] : [[listNames(texts, 110)]];
}

function summary(plan: Plan): string {
  const objects = Object.values(plan.manifests).reduce((sum, manifests) => sum + manifests.length, 0);
  const last = Math.max(0, ...plan.composites.flatMap(({ waves }) => waves.map(({ seconds }) => seconds)));
  const end = plan.isConverged
    ? `nothing left to do after ${formatSeconds(last)} of virtual time`
    : `NOT finished after ${formatSeconds(plan.seconds)} of virtual time`;
  return `${count(plan.clusters.length, 'cluster')}, ${count(objects, 'object')}, ${end}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [`  ${title}:`, formatTable(rows, '    ')];
}
