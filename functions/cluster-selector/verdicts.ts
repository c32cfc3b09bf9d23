import type { Candidate, ClusterFacts } from '../clusters/cluster-facts.ts';
import type { Rejection } from '../clusters/cluster-selection.ts';
import type { Verdict } from './placement.ts';

/** A decision, as far as its verdicts tell of it. */
export interface Decision {
  readonly chosen: ReadonlySet<string>;
  /** Clusters that run the composite already. */
  readonly present: ReadonlySet<string>;
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly rejections: ReadonlyMap<string, Rejection | undefined>;
  /** How many clusters were wanted. */
  readonly wanted: number;
  readonly excluded: ReadonlySet<string>;
  readonly explain: (cluster: ClusterFacts) => string;
}

/** Returns what was decided about one cluster, and why. */
export function verdictOf(
  cluster: string,
  { chosen, present, candidates, rejections, wanted, excluded, explain }: Decision,
): Verdict {
  const candidate = candidates.get(cluster);
  const rejection = rejections.get(cluster);
  const isHere = present.has(cluster);
  if (chosen.has(cluster)) {
    if (candidate === undefined) return { cluster, verdict: 'Kept', reason: 'its ClusterSet cannot be read' };
    if (rejection !== undefined) return { cluster, verdict: 'Kept', reason: rejection.reason };
    return { cluster, verdict: isHere ? 'Kept' : 'Selected', reason: explain(candidate.facts) };
  }
  const enough = `matches, but ${wanted === 1 ? '1 cluster is' : `${wanted} clusters are`} enough`;
  const gone = excluded.has(cluster) ? 'excluded by name' : 'no longer a member of its ClusterSet';
  const reason = candidate === undefined ? gone : (rejection?.reason ?? enough);
  if (isHere) return { cluster, verdict: 'Leaving', reason };
  return { cluster, verdict: rejection === undefined ? 'Outscored' : 'Filtered', reason };
}

/** Returns the verdict for a cluster that stays only because nothing fits any more. */
export function keptInstead(verdict: Verdict): Verdict {
  return verdict.verdict === 'Leaving'
    ? { ...verdict, verdict: 'Kept', reason: `no cluster fits, so nothing is removed; ${verdict.reason}` }
    : verdict;
}
