import { formatTable, listNames } from '../output/table.ts';
import { type CompositeMove, isMoving } from './compare.ts';

/** Returns what would happen as text: the moves of each composite with their reasons, those that would not be placed, and a count. */
export function printMoves(composites: readonly CompositeMove[]): string {
  const own = composites.filter((each) => isMoving(each) && !each.isUnderWay);
  const underWay = composites.filter((each) => isMoving(each) && each.isUnderWay);
  const lost = composites.filter(({ isPlaced, wasPlaced }) => !isPlaced && wasPlaced);
  const unplaced = composites.filter(({ isPlaced, wasPlaced }) => !isPlaced && !wasPlaced);
  return [
    ...section('', own.flatMap(moveRows)),
    ...section('without enough clusters then:', lost.map(summaryRow)),
    ...section('under way already, with or without that:', underWay.flatMap(moveRows)),
    ...section('not placed now either:', unplaced.map(summaryRow)),
    conclusion(composites.length, own, lost.length),
  ].join('\n\n');
}

function moveRows(each: CompositeMove): readonly (readonly string[])[] {
  const replicas = each.replicas.map(
    ({ cluster, component, from, to }) => `${component} ${from} → ${to} replicas on ${cluster}`,
  );
  const lost = each.lostReplicas.map(({ component, from, to }) => `${component} ${from} → ${to} replicas in all`);
  const rows = [...clusterRows(each), ...heldRows(each), ...[...replicas, ...lost].map((text) => [text, ''])];
  return rows.map(([change = '', reason = ''], index) => [
    index === 0 ? nameOf(each) : '',
    change,
    reason === '' ? '' : `(${reason})`,
  ]);
}

function clusterRows({ leaves, joins }: CompositeMove): readonly (readonly string[])[] {
  const [left, joined] = [leaves, joins].map((moves) => listNames(moves.map(({ cluster }) => cluster)));
  if (leaves.length > 0 && joins.length > 0) return [[`${left} → ${joined}`, reasonsOf(leaves)]];
  if (leaves.length > 0) return [[`- ${left}`, reasonsOf(leaves)]];
  return joins.length > 0 ? [[`+ ${joined}`, reasonsOf(joins)]] : [];
}

/** A hub does not let more leave at once than may: all of them stay until somebody approves of exactly these. */
function heldRows({ held }: CompositeMove): readonly (readonly string[])[] {
  if (held === undefined) return [];
  const { clusters, limit } = held;
  const until = `until an Approval lists ${listNames(clusters)}, or spec.rollout.maxRemovals is raised`;
  return [[`held: ${clusters.length} would leave at once, ${limit} may`, until]];
}

function reasonsOf(moves: CompositeMove['leaves']): string {
  return [...new Set(moves.map(({ reason }) => reason).filter((reason) => reason !== ''))].join('; ');
}

function summaryRow(each: CompositeMove): readonly string[] {
  return [nameOf(each), `${each.summary.reason}: ${each.summary.message}`];
}

function conclusion(all: number, own: readonly CompositeMove[], lost: number): string {
  const held = own.filter((each) => each.held !== undefined).length;
  const waits = held === 0 ? '' : `, ${held} of them when somebody approves`;
  const moves = own.length === 0 ? 'nothing would move' : `${own.length} of ${count(all)} would move${waits}`;
  return lost === 0 ? moves : `${moves}; ${count(lost)} would be without enough clusters`;
}

function count(composites: number): string {
  return `${composites} ${composites === 1 ? 'composite' : 'composites'}`;
}

function nameOf({ kind, namespace, name }: CompositeMove): string {
  return `${kind} ${namespace}/${name}`;
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  return [title === '' ? formatTable(rows) : `${title}\n${formatTable(rows, '  ')}`];
}
