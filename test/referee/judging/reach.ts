import { at, during, heldSince } from './steps.ts';
import type { Timeline } from './timeline.ts';

/** Tells whether a cluster cannot be reached at a moment, or is called unhealthy by its ClusterProfile. */
export function isAway({ clusters }: Timeline, cluster: string, moment: number): boolean {
  const line = clusters.get(cluster);
  return line !== undefined && (at(line.isCutOff, moment) === true || at(line.profile, moment)?.isHealthy === false);
}

/** Tells whether at some moment of a span a cluster was away, refused changes or was paused, so that nobody need wait for it. */
export function isExcused({ clusters, paused }: Timeline, cluster: string, from: number, to: number): boolean {
  const line = clusters.get(cluster);
  if (during(paused, from, to).some(({ value }) => value.includes(cluster))) return true;
  if (line === undefined) return false;
  return (
    during(line.isCutOff, from, to).some(({ value }) => value) ||
    during(line.refuses, from, to).some(({ value }) => value) ||
    during(line.profile, from, to).some(({ value }) => value?.isHealthy === false)
  );
}

/** How long a provider may wait before it tries again what could not be done. */
const retriesWithinMs = 120_000;

/** Returns the earliest moment at which it may have been decided what was seen to happen in a cluster: longer ago when the cluster could not be changed meanwhile. */
export function decidedFrom({ clusters, lagMs }: Timeline, cluster: string, moment: number): number {
  const line = clusters.get(cluster);
  if (line === undefined) return moment - lagMs;
  const starts = [line.isCutOff, line.refuses].flatMap((steps) =>
    during(steps, moment - lagMs - retriesWithinMs, moment)
      .filter(({ value }) => value)
      .map((step) => heldSince(steps, step.at, (value) => value) ?? step.at),
  );
  return Math.min(moment, ...starts) - lagMs;
}
