import { untoleratedPreferences } from '../../clusters/taints.ts';
import type { Toleration } from '../../generated/types.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { extremesOf, linearScores } from './linear-scores.ts';
import type { ScorePlugin } from './score-plugin.ts';

/** Returns the plugin that avoids PreferNoSchedule taints: 100 for clusters without one that is not tolerated, 0 for those with the most. */
export function taintScore(tolerations: readonly Toleration[], now: Instant): ScorePlugin {
  return {
    name: 'Taints',
    score(candidates) {
      const counts = candidates.map(({ taints }) => BigInt(untoleratedPreferences(taints, tolerations, now)));
      const extremes = { min: 0n, max: extremesOf(counts)?.max ?? 0n };
      return linearScores(counts, { atMin: 100, atMax: 0, whenEqual: 100, extremes }).map((score) => score ?? 0);
    },
  };
}
