import type { Instant } from '../../runtime/composition-function.ts';
import { type Filter, mismatch } from './filter.ts';

/** What another scheduler decided on. */
export interface Decision {
  /** Names of the clusters. */
  readonly clusters: ReadonlySet<string>;
  /** Since when a cluster that runs the composite has been missing from it; one that is missed for the first time is not among them. */
  readonly missingSince: ReadonlyMap<string, Instant>;
  readonly now: Instant;
}

/**
 * Returns the filter that leaves the choice to another scheduler: only clusters that it decided on pass, and work leaves one
 * that has been missing for the grace period, for a decision may be written in parts.
 */
export function decisionFilter(decisionKey: string, decision: Decision, graceMs: number): Filter {
  const { clusters, missingSince, now } = decision;
  const reject = (cluster: string) =>
    clusters.has(cluster) ? undefined : mismatch(`not in PlacementDecision ${decisionKey}`);
  return {
    name: 'Decision',
    newWork: ({ facts }) => reject(facts.name),
    running({ facts }) {
      const rejection = reject(facts.name);
      return rejection === undefined
        ? undefined
        : { ...rejection, dueAt: (missingSince.get(facts.name) ?? now) + graceMs };
    },
  };
}
