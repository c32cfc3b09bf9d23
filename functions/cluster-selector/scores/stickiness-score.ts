import type { ScorePlugin } from './score-plugin.ts';

/** Returns the plugin that prefers clusters which run the composite already: 100 for them, 0 for the others. */
export function stickinessScore(present: ReadonlySet<string>): ScorePlugin {
  return {
    name: 'Stickiness',
    score: (candidates) => candidates.map(({ facts }) => (present.has(facts.name) ? 100 : 0)),
  };
}
