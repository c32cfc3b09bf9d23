import type { Candidate } from '../clusters/cluster-facts.ts';
import type { LostClusters } from './lost-clusters.ts';
import type { Present } from './placement.ts';
import type { ReplicaRules } from './replica-rules.ts';
import { divideWithNewcomers } from './replicas/divide-with-newcomers.ts';
import type { ReplicaTarget } from './replicas/division.ts';
import type { Stock } from './room/take-stock.ts';

/** Replicas by component. */
export type Replicas = { readonly [component: string]: number };

/** Replicas of every component on every chosen cluster, and what could not be placed. */
export interface DividedComponents {
  readonly byCluster: ReadonlyMap<string, Replicas>;
  /** Sentences such as `web: 2 of 10 replicas find no room`. */
  readonly complaints: readonly string[];
}

/** How replicas are divided, and what is to be known of the clusters for it. */
export interface DivisionFacts extends Pick<ReplicaRules, 'policy' | 'weightOf'> {
  /** Absent where nobody asks for room. */
  readonly stock?: Pick<Stock, 'roomOf' | 'keepsOf' | 'lackOf'>;
  readonly lost?: Pick<LostClusters, 'replaced' | 'returned'>;
  /** Order in which clusters overflow, 0 first. */
  readonly tierOf?: (cluster: string) => number;
  /** Components of which a cluster keeps its part for good. */
  readonly fixed?: readonly string[];
  /** Returns the order by which ties of a component are broken, the smaller first. */
  readonly ranksOf?: (component: string) => ReadonlyMap<string, number>;
}

/**
 * Returns the replicas of each component on each chosen cluster: `totals` everywhere, or divided so that their sum is
 * `totals`. What one component takes of the room is gone for the next, in the order of their names. An unhealthy cluster
 * keeps what it holds and gets no more, while the others can take the rest, and what it holds no longer counts when it is
 * lost; a paused one keeps it whatever else is there.
 */
export function divideComponents(
  totals: Replicas,
  chosen: readonly Candidate[],
  present: readonly Present[],
  rules: DivisionFacts,
  isFresh: boolean,
): DividedComponents {
  const { stock, lost, policy } = rules;
  const held = new Map(present.filter(({ leaving }) => !leaving).map(({ cluster, replicas }) => [cluster, replicas]));
  const room = new Map(chosen.map(({ facts }) => [facts.name, stock?.roomOf(facts)]));
  const keeps = new Map(chosen.map(({ facts: { name } }) => [name, stock?.keepsOf(name)]));
  const byCluster = new Map<string, { [component: string]: number }>(chosen.map(({ facts }) => [facts.name, {}]));
  const complaints: string[] = [];
  for (const [component, total] of Object.entries(totals).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const ranks = rules.ranksOf?.(component);
    const targets = chosen.map((candidate): Target => {
      const { name } = candidate.facts;
      const left = room.get(name);
      const here = keep(held.get(name)?.[component], name, keeps);
      return {
        cluster: name,
        isHealthy: candidate.isHealthy,
        isPaused: candidate.paused !== undefined,
        isReplaced: lost?.replaced.has(name) === true,
        isReturned: lost?.returned.has(name) === true,
        tier: rules.tierOf?.(name) ?? 0,
        rank: ranks?.get(name) ?? 0,
        ...(rules.weightOf !== undefined && { weight: rules.weightOf(candidate.facts) }),
        ...(left !== undefined && { room: left }),
        ...(here !== undefined && { held: here }),
      };
    });
    const isFixed = policy.mode === 'Divided' && rules.fixed?.includes(component) === true;
    const { replaced, frozen, rest } = isFixed ? keepAll(targets) : freeze(total, targets, rules);
    const left = Math.max(0, total - sumHeld(frozen));
    const { replicas, unplaced, shortOfMin } = divideWithNewcomers(left, rest, { ...policy, fresh: isFresh });
    const given = new Map([
      ...replicas,
      ...[...frozen, ...replaced].map(({ cluster, held: here = 0 }) => [cluster, here] as const),
    ]);
    for (const { cluster, held: here = 0 } of targets) {
      const count = given.get(cluster) ?? 0;
      const free = room.get(cluster);
      if (free !== undefined) room.set(cluster, Math.max(0, free - Math.max(0, count - here)));
      Object.assign(byCluster.get(cluster) ?? {}, { [component]: count });
    }
    if (unplaced > 0 && chosen.length > 0)
      complaints.push(`${component}: ${unplaced} of ${total} replicas find no room`);
    if (shortOfMin.length > 0)
      complaints.push(`${component}: fewer than ${policy.minPerCluster} replicas on ${shortOfMin.join(', ')}`);
  }
  return { byCluster, complaints: [...complaints, ...lacking(chosen, stock)] };
}

type Target = ReplicaTarget & {
  readonly isHealthy: boolean;
  readonly isPaused: boolean;
  readonly isReplaced: boolean;
  readonly isReturned: boolean;
};

/** What a cluster may keep of what it holds; what one component keeps is gone for the next. */
function keep(held: number | undefined, cluster: string, keeps: Map<string, number | undefined>): number | undefined {
  const most = keeps.get(cluster);
  if (held === undefined || most === undefined) return held;
  const kept = Math.min(held, most);
  keeps.set(cluster, most - kept);
  return kept;
}

/**
 * Sorts out the clusters that keep what they hold: those that are lost, without counting; the paused ones; and, unless that
 * is more than there is or nobody else is left, the unhealthy ones and, where room decides, those that are back.
 */
function freeze(
  total: number,
  targets: readonly Target[],
  { policy }: DivisionFacts,
): { readonly replaced: readonly Target[]; readonly frozen: readonly Target[]; readonly rest: readonly Target[] } {
  if (policy.mode !== 'Divided') return { replaced: [], frozen: [], rest: targets };
  const counted = targets.filter(({ isReplaced }) => !isReplaced);
  const paused = counted.filter(({ isPaused }) => isPaused);
  const isByRoom = policy.strategy === 'Capacity' || policy.strategy === 'Aggregated';
  const steady = counted.filter(
    ({ isPaused, isHealthy, isReturned, held }) =>
      !isPaused && held !== undefined && (!isHealthy || (isByRoom && isReturned)),
  );
  const both = [...paused, ...steady];
  const isPossible = both.length < counted.length && sumHeld(both) <= total;
  const frozen = isPossible ? both : paused;
  return {
    replaced: targets.filter(({ isReplaced }) => isReplaced),
    frozen,
    rest: counted.filter((target) => !frozen.includes(target)),
  };
}

/** Sorts out the clusters that have a part already of what nobody can change. */
function keepAll(targets: readonly Target[]): ReturnType<typeof freeze> {
  return {
    replaced: [],
    frozen: targets.filter(({ held }) => held !== undefined),
    rest: targets.filter(({ held }) => held === undefined),
  };
}

function sumHeld(targets: readonly ReplicaTarget[]): number {
  return targets.reduce((sum, { held = 0 }) => sum + held, 0);
}

/** Says where replicas stand, or are about to, that a cluster has no room for. */
function lacking(chosen: readonly Candidate[], stock: DivisionFacts['stock']): readonly string[] {
  return chosen.flatMap(({ facts: { name } }) => {
    const lack = stock?.lackOf(name) ?? 0;
    return lack > 0 ? [`${name} has no room for ${lack} of the replicas that it is to run`] : [];
  });
}
