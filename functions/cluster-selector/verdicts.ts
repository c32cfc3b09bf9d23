import type { Choice } from './choose-clusters.ts';
import type { Departures } from './hold-back.ts';
import type { Verdict } from './placement.ts';
import type { PlacementPolicy } from './policy.ts';
import type { Score } from './scores/combine-scores.ts';
import type { Surveyed } from './survey.ts';

/** Returns what was decided about one cluster, and why. */
export function verdictOf(each: Surveyed, choice: Choice, departures: Departures, policy: PlacementPolicy): Verdict {
  const { facts, candidate, standing, rejections, explained } = each;
  const cluster = facts.name;
  const scored = scoreOf(explained);
  if (choice.chosen.has(each)) {
    const note = standing?.kind === 'Holds' ? standing.note : standing?.reason;
    const why = candidate === undefined ? '' : policy.explain(candidate.facts);
    const reason = note ?? [why, ...scoreParts(explained)].join(', ');
    return { cluster, verdict: standing === undefined ? 'Selected' : 'Kept', reason, ...scored };
  }
  if (standing !== undefined) {
    const reason = standing.kind === 'Holds' ? enough(policy) : standing.reason;
    if (!departures.waiting.has(each)) return { cluster, verdict: 'Leaving', reason, ...scored };
    return {
      cluster,
      verdict: 'Kept',
      reason: `${reason}; stays until its turn to move has come, and the cluster that takes its place is healthy`,
      ...scored,
    };
  }
  const [first] = rejections;
  if (first === undefined) return outscored(each, choice, policy);
  const { reason, suggestion } = first;
  const isFull = policy.maxClusters !== undefined && choice.chosen.size >= policy.maxClusters;
  const help =
    suggestion === undefined || rejections.length > 1
      ? {}
      : { suggestion: `would ${isFull ? 'match' : 'be selected'} with ${suggestion}` };
  return { cluster, verdict: 'Filtered', reason, ...help };
}

function outscored(each: Surveyed, { next, blockedBecause }: Choice, policy: PlacementPolicy): Verdict {
  const { facts, explained } = each;
  const reason = blockedBecause === undefined ? enough(policy) : `matches, but ${blockedBecause}`;
  const number = policy.maxClusters === undefined ? undefined : policy.maxClusters + 1;
  const isNext = next?.facts.name === facts.name && number !== undefined;
  return {
    cluster: facts.name,
    verdict: 'Outscored',
    reason: [reason, ...scoreParts(explained)].join(', '),
    ...scoreOf(explained),
    ...(isNext && { suggestion: `would be selected with ${number} clusters` }),
  };
}

function enough({ maxClusters, groups }: PlacementPolicy): string {
  if (maxClusters === undefined && groups.length > 0) return 'matches, but an earlier group is in use';
  return `matches, but ${maxClusters === 1 ? '1 cluster is' : `${maxClusters} clusters are`} enough`;
}

function scoreOf(score: Score | undefined): Pick<Verdict, 'score' | 'parts'> {
  return score === undefined ? {} : { score: Math.round(score.total), parts: score.parts };
}

/** The parts of a score that tell clusters apart. */
function scoreParts(score: Score | undefined): readonly string[] {
  if (score === undefined) return [];
  const parts = score.parts.filter(({ weight }) => weight > 0).map(({ name, score: part }) => `${name} ${part}`);
  return parts.length === 0 ? [] : [`score ${Math.round(score.total)} (${parts.join(', ')})`];
}

/** Returns the verdict for a cluster that stays only because nothing fits any more. */
export function keptInstead(verdict: Verdict): Verdict {
  return verdict.verdict === 'Leaving'
    ? { ...verdict, verdict: 'Kept', reason: `no cluster fits, so nothing is removed; ${verdict.reason}` }
    : verdict;
}
