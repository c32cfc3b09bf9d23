import type { Assignment, RolloutRecord } from '../../generated/types.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { PlacedAssignment } from '../../slices/placed-assignment.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import { explainKeeping } from './explain-keeping.ts';
import type { GateInput } from './moves.ts';
import { amountOf, type Replicas, type Stock, stockOf } from './replica-stock.ts';

/** What moves of replicas are ordered by. */
export type MoveFacts = Pick<GateInput, 'current' | 'wanted' | 'unwanted' | 'paused'> & {
  /** Replicas that each chosen cluster is to have in the end; a composite whose replicas are not divided has none. */
  readonly goals: ReadonlyMap<string, Replicas>;
  /** Components of which every cluster keeps its part, so that nothing of them moves. */
  readonly fixed: ReadonlySet<string>;
  /** Returns what a chosen cluster should have if it had other replicas; nothing where that cannot be told. */
  readonly withReplicas: (cluster: string, replicas: Replicas) => Assignment | undefined;
};

/** What may be had now of what should be had in the end. */
export type MoveOrder = {
  /** What each chosen cluster should have for now, by cluster. */
  readonly wanted: ReadonlyMap<string, Assignment>;
  /** Why clusters keep replicas, or stay although they should leave. */
  readonly kept: ReadonlyMap<string, string>;
  /** What those that keep replicas are to have in the end, sorted by cluster. */
  readonly keeping: NonNullable<RolloutRecord['keeping']>;
  /** When a cluster that is waited for is given up. */
  readonly nextDecisionAt?: Instant;
};

/**
 * Returns the moves of divided replicas in their order: what grows goes first, and what shrinks or leaves keeps as many as
 * are needed until others are healthy with theirs, so that those which can be counted on never fall under what is wanted in
 * all. A smaller total takes nothing from anybody, and goes at once. A cluster that could not be reached until its deadline is
 * not waited for; nor are those that have failed, as long as no wave would stand still for as many.
 */
export function orderMoves(facts: MoveFacts, policy: RolloutPolicy, now: Instant): MoveOrder {
  const { wanted, goals, unwanted, paused } = facts;
  if (goals.size === 0) return { wanted, kept: new Map(), keeping: [] };
  const stocks = takeStock(facts, policy, now);
  const isAwaited = awaited(stocks, goals.size, policy);
  const spare = spareReplicas(stocks, isAwaited);
  const [kept, next] = [new Map<string, string>(), new Map(wanted)];
  const keeping: { cluster: string; replicas: Replicas }[] = [];
  const isFree = ({ cluster }: Stock) => !paused.has(cluster);
  for (const stock of stocks.filter(isFree)) {
    const { cluster, entry, goal } = stock;
    if (entry === undefined || !wanted.has(cluster)) continue;
    const replicas = shrinkBy(stock, spare);
    const held = Object.keys(replicas).filter((component) => amountOf(replicas, component) > amountOf(goal, component));
    if (held.length === 0) continue;
    const { sequence: _, ...asItIs } = entry.assignment;
    next.set(cluster, facts.withReplicas(cluster, { ...goals.get(cluster), ...replicas }) ?? asItIs);
    kept.set(cluster, explainKeeping(replicas, held, stocks.filter(isAwaited), paused));
    keeping.push({ cluster, replicas: goal });
  }
  for (const { cluster, sure } of stocks.filter(isFree)) {
    if (!unwanted.has(cluster)) continue;
    const needed = Object.keys(sure).filter((component) => amountOf(sure, component) > (spare.get(component) ?? 0));
    if (needed.length > 0) kept.set(cluster, explainKeeping(undefined, needed, stocks.filter(isAwaited), paused));
    else for (const [component, count] of Object.entries(sure)) take(spare, component, count);
  }
  const times = stocks.flatMap(({ failsAt }) => failsAt ?? []);
  return { wanted: next, kept, keeping, ...(times.length > 0 && { nextDecisionAt: Math.min(...times) }) };
}

/** Returns what every cluster has and is to have, sorted by name; what is leaving already has nothing that counts. */
function takeStock({ current, goals, fixed }: MoveFacts, { waves }: RolloutPolicy, now: Instant): readonly Stock[] {
  const assigned = current.filter(({ assignment }) => assignment.state === 'Assigned');
  const entries = new Map(assigned.map((entry): [string, PlacedAssignment] => [entry.assignment.cluster, entry]));
  const deadlineMs = Math.max(...waves.map((wave) => wave.deadlineMs));
  return [...new Set([...goals.keys(), ...entries.keys()])]
    .sort()
    .map((cluster) => stockOf(cluster, entries.get(cluster), goals.get(cluster) ?? {}, deadlineMs, now))
    .map((stock) => (fixed.size === 0 ? stock : { ...stock, ...without(fixed, stock) }));
}

function without(fixed: ReadonlySet<string>, { sure, goal }: Stock): Pick<Stock, 'sure' | 'goal'> {
  const moving = (replicas: Replicas): Replicas =>
    Object.fromEntries(Object.entries(replicas).filter(([component]) => !fixed.has(component)));
  return { sure: moving(sure), goal: moving(goal) };
}

/** Tells which clusters that grow are waited for; of those that have failed all, where they are more than any wave may have. */
function awaited(stocks: readonly Stock[], total: number, { waves }: RolloutPolicy): (stock: Stock) => boolean {
  const failed = stocks.filter(({ growth }) => growth === 'Failed').length;
  const mayFail = waves.every(({ maxFailures }) => failed <= maxFailures(total));
  return ({ growth }) => growth !== undefined && growth !== 'Lost' && (growth !== 'Failed' || !mayFail);
}

/** Returns how many replicas of each component are more than what is wanted in all, of those that can be counted on. */
function spareReplicas(stocks: readonly Stock[], isAwaited: (stock: Stock) => boolean): Map<string, number> {
  const spare = new Map<string, number>();
  for (const stock of stocks) {
    for (const component of new Set([...Object.keys(stock.sure), ...Object.keys(stock.goal)])) {
      const [sure, goal] = [amountOf(stock.sure, component), amountOf(stock.goal, component)];
      const expected = isAwaited(stock) ? goal : Math.min(sure, goal);
      take(spare, component, expected - sure);
    }
  }
  return spare;
}

/** Returns what a cluster may have now, and takes what it gives up from what is to spare. */
function shrinkBy({ sure, goal }: Stock, spare: Map<string, number>): Replicas {
  const components = new Set([...Object.keys(sure), ...Object.keys(goal)]);
  return Object.fromEntries(
    [...components].sort().map((component) => {
      const [has, end] = [amountOf(sure, component), amountOf(goal, component)];
      const given = Math.max(0, Math.min(has - end, spare.get(component) ?? 0));
      take(spare, component, given);
      return [component, Math.max(end, has - given)];
    }),
  );
}

function take(spare: Map<string, number>, component: string, count: number): void {
  spare.set(component, (spare.get(component) ?? 0) - count);
}
