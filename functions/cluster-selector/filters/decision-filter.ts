import { type Filter, mismatch } from './filter.ts';

/** Returns the filter that leaves the choice to another scheduler: only clusters that it decided on pass, and the others are left at once. */
export function decisionFilter(decisionKey: string, decided: ReadonlySet<string>): Filter {
  const reject = (cluster: string) =>
    decided.has(cluster) ? undefined : mismatch(`not in PlacementDecision ${decisionKey}`);
  return {
    name: 'Decision',
    newWork: ({ facts }) => reject(facts.name),
    running({ facts }) {
      const rejection = reject(facts.name);
      return rejection === undefined ? undefined : { ...rejection, dueAt: Number.NEGATIVE_INFINITY };
    },
  };
}
