import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { type Choice, chooseAll, chooseSome, fitSince, isFree } from './choose-clusters.ts';
import { type Departures, deadlineOf, holdBack } from './hold-back.ts';
import type { Placement, Present } from './placement.ts';
import type { PlacementPolicy } from './policy.ts';
import { summarise } from './summarise.ts';
import { type Surveyed, surveyFleet } from './survey.ts';
import { keptInstead, verdictOf } from './verdicts.ts';

/** A placement before replicas are divided. */
export type Outcome = Omit<Placement, 'chosen' | 'rescheduledAt'> & {
  readonly chosen: readonly Candidate[];
  /** Index of the group of each chosen cluster. */
  readonly groups: ReadonlyMap<string, number>;
  /** Whether there is nothing left to exchange. */
  readonly isSettled: boolean;
};

/**
 * Chooses clusters for one composite: filter, keep what holds its place, fill the shortfall by spread and score, and let those
 * that lost their place go when the ones that take it are healthy. When nothing fits, the last good placement is kept.
 */
export function place(
  candidates: readonly Candidate[],
  policy: PlacementPolicy,
  present: readonly Present[],
  now: Instant,
): Outcome {
  const fleet = surveyFleet(candidates, policy, present, now);
  const { maxClusters } = policy;
  const choice =
    maxClusters === undefined ? chooseAll(fleet, policy, now) : chooseSome(fleet, maxClusters, policy, now);
  const departures = holdBack(fleet, choice.chosen, policy, now);
  const verdicts = fleet.map((each) => verdictOf(each, choice, departures, policy));
  const isLost = choice.chosen.size === 0 && departures.leaving.size + departures.waiting.size > 0;
  const next = nextDecision(fleet, choice, departures, policy, now);
  return {
    mode: isLost ? 'KeepLastGood' : 'Decided',
    chosen: [...choice.chosen].flatMap(({ candidate }) => candidate ?? []).sort(byName),
    groups: new Map([...choice.chosen].map(({ facts, group }) => [facts.name, group])),
    verdicts: isLost ? verdicts.map(keptInstead) : verdicts,
    candidates: candidates.length,
    summary: summarise(fleet, choice, policy),
    isSettled: choice.isSettled,
    ...(next !== undefined && { nextDecisionAt: next }),
  };
}

/** Returns when time alone can change the decision next. */
function nextDecision(
  fleet: readonly Surveyed[],
  { chosen }: Choice,
  { waiting }: Departures,
  { failbackAfterMs, groups }: PlacementPolicy,
  now: Instant,
): Instant | undefined {
  const holds = fleet.flatMap(({ standing }) => (standing?.kind === 'Holds' ? (standing.until ?? []) : []));
  const deadlines = [...waiting].map(deadlineOf);
  const isFallenBack = groups.length > 0 && [...chosen].some(({ group }) => group > 0);
  const failbacks =
    failbackAfterMs === undefined || !isFallenBack
      ? []
      : fleet
          .filter(isFree)
          .flatMap(({ candidate }) => (candidate === undefined ? [] : fitSince(candidate) + failbackAfterMs));
  const times = [...holds, ...deadlines, ...failbacks].filter((time) => time > now && Number.isFinite(time));
  return times.length === 0 ? undefined : Math.min(...times);
}

function byName(a: Candidate, b: Candidate): number {
  return a.facts.name < b.facts.name ? -1 : 1;
}
