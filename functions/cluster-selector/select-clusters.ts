import type { ClusterFacts } from '../clusters/cluster-facts.ts';
import type { SpreadConstraint } from '../generated/types.ts';
import { judgeSpread, type SpreadState, spreadStates, withChosen, withoutChosen } from './spread/judge-spread.ts';
import { compareRanks, rankBestFirst } from './spread/rank.ts';
import { searchKinds } from './spread/search-kinds.ts';
import { shrink } from './spread/shrink.ts';
import { domainOf } from './spread/spread-constraint.ts';

/** A cluster as selection sees it. */
export interface Place {
  readonly facts: ClusterFacts;
  /** Index of its group; smaller is tried first. */
  readonly group: number;
  readonly score: number;
  /** Whether it runs the composite. */
  readonly isPresent: boolean;
  /** Position in the order that breaks ties. */
  readonly tie: number;
}

/** Which clusters were taken, and why not more. */
export interface Selection<P extends Place> {
  readonly taken: readonly P[];
  /** What a strict spread constraint says of a cluster that it kept away although more were wanted. */
  readonly blockedBecause?: string;
}

/**
 * Returns up to `count` clusters of a pool, taken one by one beside those that keep their place, in the order in which they
 * were taken: within the strict spread
 * constraints, from the earliest group, breaking the fewest wishes, from the emptiest domains, by score, in tie order.
 * Clusters of a group that share all domains differ by score and tie alone, so only the best of each kind is compared. Where two
 * constraints at once lead astray, a small fleet is searched in full.
 */
export function selectClusters<P extends Place>(
  kept: readonly P[],
  pool: readonly P[],
  count: number,
  constraints: readonly SpreadConstraint[],
): Selection<P> {
  const kinds = byKind(pool, constraints);
  const { taken, ...blocked } = takeOneByOne(kept, kinds, count, constraints);
  const better = isOneGroup(pool) ? searchKinds(kept, kinds, count, constraints, taken) : undefined;
  return better === undefined ? { taken, ...blocked } : { taken: better };
}

function takeOneByOne<P extends Place>(
  kept: readonly P[],
  pool: readonly (readonly P[])[],
  count: number,
  constraints: readonly SpreadConstraint[],
): Selection<P> {
  let states = statesOf(kept, pool.flat(), constraints);
  const kinds = pool.map((kind) => [...kind]);
  const taken: P[] = [];
  while (taken.length < count) {
    const next = bestKind(kinds, states)?.shift();
    if (next === undefined) break;
    states = withChosen(states, next.facts);
    taken.push(next);
  }
  if (taken.length >= count) return { taken };
  const [blocked] = kinds.flatMap(([next]) =>
    next === undefined ? [] : (judgeSpread(states, next.facts).blocked ?? []),
  );
  return blocked === undefined ? { taken } : { taken, blockedBecause: blocked.reason };
}

/** Returns the `count` clusters that go when there are too many: from the last group, the fullest domains, by the lowest score; those that are fixed stay and count in their domains. */
export function trimClusters<P extends Place>(
  places: readonly P[],
  count: number,
  constraints: readonly SpreadConstraint[],
  fixed: readonly P[] = [],
): readonly P[] {
  let states = statesOf([...places, ...fixed], [], constraints);
  let left = places;
  const trimmed: P[] = [];
  while (trimmed.length < count) {
    const {
      kept: [rest = []],
      gone: [next],
    } = shrink([left], 1, (a, b) => -compareToKeep(a, b, states));
    if (next === undefined) break;
    left = rest;
    trimmed.push(next);
    states = withoutChosen(states, next.facts);
  }
  return trimmed;
}

function statesOf(
  kept: readonly Place[],
  pool: readonly Place[],
  constraints: readonly SpreadConstraint[],
): readonly SpreadState[] {
  const chosen = new Set(kept.map(({ facts }) => facts.name));
  return spreadStates(
    [...kept, ...pool].map(({ facts }) => facts),
    constraints,
    chosen,
  );
}

/** The pool as queues of clusters that are alike but for score and tie, the best of each first. */
function byKind<P extends Place>(
  pool: readonly P[],
  constraints: readonly SpreadConstraint[],
): readonly (readonly P[])[] {
  const kindOf = ({ group, facts }: P) =>
    JSON.stringify([group, ...constraints.map((constraint) => domainOf(constraint, facts) ?? null)]);
  return [...Map.groupBy(pool, kindOf).values()].map((kind) => rankBestFirst(kind, rankOf, byTie));
}

/** Groups come before wishes, so that a search among them would be about more than the spread. */
function isOneGroup(pool: readonly Place[]): boolean {
  return pool.every(({ group }) => group === pool[0]?.group);
}

function bestKind<P extends Place>(kinds: readonly P[][], states: readonly SpreadState[]): P[] | undefined {
  let best: { readonly kind: P[]; readonly first: P; readonly spread: number; readonly fullness: number } | undefined;
  for (const kind of kinds) {
    const [first] = kind;
    if (first === undefined) continue;
    const { blocked, score: spread } = judgeSpread(states, first.facts);
    if (blocked !== undefined) continue;
    const next = { kind, first, spread, fullness: fullness(states, first.facts) };
    if (best === undefined || compareChoices(next, best) < 0) best = next;
  }
  return best?.kind;
}

type ChoiceOfKind = { readonly first: Place; readonly spread: number; readonly fullness: number };

function compareChoices(a: ChoiceOfKind, b: ChoiceOfKind): number {
  return (
    a.first.group - b.first.group ||
    b.spread - a.spread ||
    a.fullness - b.fullness ||
    compareRanks(rankOf(a.first), rankOf(b.first)) ||
    byTie(a.first, b.first)
  );
}

/** Without any difference in spread: by score, and what runs the composite first. */
function rankOf({ score, isPresent }: Place) {
  return { spread: 0, affinity: score, present: isPresent ? 1 : 0 };
}

function byTie(a: Place, b: Place): number {
  return a.tie - b.tie;
}

function compareToKeep(a: Place, b: Place, states: readonly SpreadState[]): number {
  return (
    a.group - b.group ||
    fullness(states, a.facts) - fullness(states, b.facts) ||
    compareRanks(rankOf(a), rankOf(b)) ||
    byTie(a, b)
  );
}

/** Returns how many chosen clusters share a domain with a cluster, all constraints together. */
function fullness(states: readonly SpreadState[], facts: ClusterFacts): number {
  return states.reduce((sum, { constraint, counts }) => sum + (counts.get(domainOf(constraint, facts) ?? '') ?? 0), 0);
}
