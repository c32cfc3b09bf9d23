import { during, type Steps } from './steps.ts';
import type { Standing } from './timeline.ts';

/** How many replicas of a workload a cluster wants, and how many of them could be counted on. */
export type Counted = { readonly wanted: number; readonly counted: number };

/**
 * Returns how many replicas of a workload a cluster had over time. Those count that are ready, and those with which it was
 * healthy before as long as it still wants them: what a cluster suffers from is nobody's move.
 */
export function countedReplicas(standing: Steps<Standing>, workload: string): Steps<Counted> {
  let before = 0;
  return standing.map(({ at, value }) => {
    const wanted = value.replicas[workload] ?? 0;
    before = value.content !== '' && value.isHealthy ? wanted : Math.min(before, wanted);
    return { at, value: { wanted, counted: Math.max(before, Math.min(wanted, value.ready[workload] ?? 0)) } };
  });
}

/** Returns the most replicas that could be counted on at any moment of a span, of those that are wanted at its end. */
export function mostCounted(steps: Steps<Counted>, from: number, to: number): number {
  const seen = during(steps, from, to);
  const wanted = seen.at(-1)?.value.wanted ?? 0;
  return Math.min(wanted, Math.max(0, ...seen.map(({ value }) => value.counted)));
}
