import { selectClusters } from '../../functions/cluster-selector/select-clusters.ts';
import type { Json } from '../../functions/kube/json.ts';

/** Which clusters are chosen by score, the larger being better. */
export interface SelectQuestion {
  readonly op: 'select';
  readonly scores: { readonly [cluster: string]: number };
  readonly minClusters?: number | null;
  readonly maxClusters?: number | null;
  /** Clusters of the overflow tiers, tier by tier; all others come before them. */
  readonly overflow?: readonly (string | readonly string[])[];
}

/** Answers with our selection: without spread rules, equal scores by name. */
export function selectByScore({ scores, minClusters, maxClusters, overflow = [] }: SelectQuestion): Json {
  const names = Object.keys(scores).sort();
  if (names.length < (minClusters ?? 0)) return { error: 'unschedulable' };
  const pool = names.map((name, tie) => ({
    facts: { name, labels: {}, properties: {}, version: '', set: '' },
    group: overflow.findIndex((tier) => [tier].flat().includes(name)) + 1,
    score: scores[name] ?? 0,
    isPresent: false,
    tie,
  }));
  const { taken } = selectClusters([], pool, maxClusters ?? names.length, []);
  return { clusters: taken.map(({ facts }) => facts.name) };
}
