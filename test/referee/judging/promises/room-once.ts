import { sayMs } from '../duration.ts';
import type { Finding } from '../finding.ts';
import { at, type Steps } from '../steps.ts';
import type { Timeline } from '../timeline.ts';

/** How long two Apps that were decided in the same moment may both stand where only one fits. */
const toldApartWithinMs = 120_000;

/** Finds clusters that were given more replicas, of all Apps together, than fit there. */
export function roomOnce(timeline: Timeline): readonly Finding[] {
  return [...timeline.clusters].flatMap(([cluster, { room }]): readonly Finding[] => {
    if (room === undefined) return [];
    const given = replicasIn(timeline, cluster);
    return given.flatMap(({ at: from, value }, index): readonly Finding[] => {
      const until = given.slice(index + 1).find((step) => step.value <= room)?.at ?? timeline.endsAt;
      const isFirst = (given[index - 1]?.value ?? 0) <= room;
      if (value <= room || !isFirst || until - from <= toldApartWithinMs + timeline.lagMs) return [];
      const says = `${cluster} has room for ${room} replicas and was given ${value}, for ${sayMs(until - from)}`;
      return [{ at: from, promise: 'room is counted once', about: `cluster ${cluster}`, says }];
    });
  });
}

/** Replicas of all Apps that are wanted in a cluster, over time. */
export function replicasIn(timeline: Timeline, cluster: string): Steps<number> {
  const lines = timeline.composites.flatMap(({ kind, standing }) =>
    kind === 'App' ? [standing.get(cluster) ?? []] : [],
  );
  const moments = [...new Set(lines.flatMap((steps) => steps.map((step) => step.at)))].sort((a, b) => a - b);
  return moments.map((moment) => ({
    at: moment,
    value: lines.reduce((sum, steps) => sum + wanted(at(steps, moment)?.replicas ?? {}), 0),
  }));
}

function wanted(replicas: { readonly [workload: string]: number }): number {
  return Object.values(replicas).reduce((sum, count) => sum + count, 0);
}
