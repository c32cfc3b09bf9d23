import { linearScores } from './linear-scores.ts';
import type { ScorePlugin } from './score-plugin.ts';

/**
 * Returns the plugin that balances composites over clusters: 100 where the fewest others run, 0 where the most do. `others`
 * is how many other composites each cluster runs, none when it is not listed.
 */
export function balanceScore(others: ReadonlyMap<string, number>): ScorePlugin {
  return {
    name: 'Balance',
    score(candidates) {
      const counts = candidates.map(({ facts }) => BigInt(others.get(facts.name) ?? 0));
      return linearScores(counts, { atMin: 100, atMax: 0, whenEqual: 100 }).map((score) => score ?? 0);
    },
  };
}

/** Returns how often each cluster occurs in lists of clusters, one list for each other composite. */
export function countOthers(lists: Iterable<Iterable<string>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const clusters of lists) {
    for (const cluster of clusters) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
  }
  return counts;
}
