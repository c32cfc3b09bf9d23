/** A weight for the clusters that it matches. */
export interface WeightRule<T> {
  readonly matches: (cluster: T) => boolean;
  readonly weight: number;
}

/** Returns the largest weight of the rules that match a cluster; nothing when none does. */
export function largestWeight<T>(rules: readonly WeightRule<T>[], cluster: T): number | undefined {
  const weights = rules.filter(({ matches }) => matches(cluster)).map(({ weight }) => weight);
  return weights.length === 0 ? undefined : Math.max(...weights);
}
