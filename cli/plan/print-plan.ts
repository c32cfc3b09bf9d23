import { cut, formatSeconds, formatTable, listNames } from '../output/table.ts';
import type { Move, Plan, PlannedComposite, PlannedPlacement, Wait } from './plan.ts';
import { failureRows, obstacleRows } from './print-failures.ts';
import { rolloutRows } from './print-rollout.ts';
import { valueRows } from './print-values.ts';
import { waveRows } from './print-waves.ts';

/** Reasons are sentences; the wide ones would make every row wide. */
const reasonWidth = 80;

/** Returns a plan as text: each composite with its clusters, why they were chosen or not, what differs between them, and the rollout. */
export function printPlan(plan: Plan, only?: string): string {
  const composites = plan.composites.filter(
    ({ placements }) => only === undefined || placements.some(({ cluster }) => cluster === only),
  );
  const notes = plan.notes.map((note) => `note: ${note}`);
  return [
    ...composites.map((composite) => printComposite(composite, only)),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
    summary(plan),
  ].join('\n\n');
}

function printComposite(composite: PlannedComposite, only: string | undefined): string {
  const { kind, namespace, name, revision, phase } = composite;
  const placements = composite.placements.filter(({ cluster }) => only === undefined || cluster === only);
  const others = only === undefined ? composite.others.filter((each) => !isChosen(each)) : [];
  const waiting = only === undefined ? composite.others.filter(isChosen).map(({ cluster }) => cluster) : [];
  const moves = composite.moves.filter(({ clusters }) => only === undefined || clusters.includes(only));
  return [
    `${kind} ${namespace}/${name}  revision ${revision || 'none'}  ${phase}`,
    placements.length > 0 ? clustersTable(composite, placements) : '  runs nowhere',
    ...section('chosen, but waiting', waiting.length === 0 ? [] : [[listNames(waiting, 110)]]),
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
    ...section('rollout', rolloutRows({ moves, waits: composite.waits })),
    ...section('waves', only === undefined ? waveRows(composite.waves) : []),
    ...section('failed', failureRows(composite, only)),
    ...section('in the way', obstacleRows(composite, placements)),
  ].join('\n');
}

/** A cluster that was chosen is among those that run nothing while its turn has not come. */
function isChosen({ verdict }: PlannedComposite['others'][number]): boolean {
  return verdict === 'Selected' || verdict === 'Kept';
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
  const last = Math.max(0, ...plan.composites.flatMap(({ moves, waits }) => lastSeconds(moves, waits)));
  const still = plan.composites.filter(({ waits }) =>
    waits.some(({ until, isGiven }) => until === undefined && !isGiven),
  );
  const end = plan.isConverged
    ? `nothing left to do after ${formatSeconds(last)} of virtual time${still.length === 0 ? '' : `, ${standing(still)}`}`
    : `NOT finished after ${formatSeconds(plan.seconds)} of virtual time`;
  return `${count(plan.clusters.length, 'cluster')}, ${count(objects, 'object')}, ${end}`;
}

function lastSeconds(moves: readonly Move[], waits: readonly Wait[]): readonly number[] {
  return [...moves.map(({ seconds }) => seconds), ...waits.flatMap(({ until }) => until ?? [])];
}

function standing(composites: readonly PlannedComposite[]): string {
  const names = composites.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  return `${listNames(names)} ${names.length === 1 ? 'stands' : 'stand'} still`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [`  ${title}:`, formatTable(rows, '    ')];
}
