import type { ScoreCandidate, ScorePlugin } from './score-plugin.ts';

/** One opinion of a cluster, and what it counts. */
export interface ScorePart {
  readonly name: string;
  readonly weight: number;
  readonly score: number;
}

/** The score of a cluster, with the parts it is made of. */
export interface Score {
  /** From 0 to 100: the parts by weight. Not rounded, so that it orders clusters exactly. */
  readonly total: number;
  readonly parts: readonly ScorePart[];
}

/** A plugin, and what its opinion counts: a whole number, 0 to leave it out. */
export interface WeightedPlugin {
  readonly plugin: ScorePlugin;
  readonly weight: number;
}

/** Returns the score of every candidate by the name of its cluster. Without any plugin of weight every total is 0. */
export function combineScores(
  candidates: readonly ScoreCandidate[],
  plugins: readonly WeightedPlugin[],
): ReadonlyMap<string, Score> {
  const columns = plugins
    .filter(({ weight }) => weight !== 0)
    .map(({ plugin, weight }) => ({ name: plugin.name, weight, scores: plugin.score(candidates) }));
  const weights = columns.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(
    candidates.map(({ facts }, index) => {
      const parts = columns.map(({ name, weight, scores }) => ({ name, weight, score: scores[index] ?? 0 }));
      return [facts.name, { total: weights === 0 ? 0 : weightedSum(parts) / weights, parts }];
    }),
  );
}

/** Returns the sum of the parts by weight. */
export function weightedSum(parts: readonly Omit<ScorePart, 'name'>[]): number {
  return parts.reduce((sum, { weight, score }) => sum + weight * score, 0);
}
