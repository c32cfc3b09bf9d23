import { quantityProperty } from '../../clusters/quantity-property.ts';
import { linearScores } from './linear-scores.ts';
import type { ScorePlugin } from './score-plugin.ts';

/**
 * Returns the plugin that prefers clusters with more left of a resource, read from a property that holds a quantity: 100 for
 * the most, 0 for the least and for clusters that do not tell; 100 for all that tell when they have the same.
 */
export function capacityScore(property: string): ScorePlugin {
  return {
    name: 'Capacity',
    score(candidates) {
      const amounts = candidates.map(({ facts }) => quantityProperty(property, facts).value?.quantity?.nano);
      return linearScores(amounts, { atMin: 0, atMax: 100, whenEqual: 100 }).map((score) => score ?? 0);
    },
  };
}
