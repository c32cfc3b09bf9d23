import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { Taint } from '../../clusters/taints.ts';

/** A candidate as far as scores care. */
export interface ScoreCandidate {
  readonly facts: ClusterFacts;
  readonly taints: readonly Taint[];
}

/** A named opinion of how well clusters suit; it is told of all candidates at once, for most opinions compare them. */
export interface ScorePlugin {
  readonly name: string;
  /** Returns a whole number from 0 to 100 for every candidate, in their order. */
  score(candidates: readonly ScoreCandidate[]): readonly number[];
}
