import type { Policy, Wave } from './policy.ts';
import type { Begin, Rollout } from './rollout.ts';
import type { Timeline } from './timeline.ts';

/** One way in which the clusters that have begun may belong to waves. */
export type Course = {
  /** Name of the wave of each cluster that has begun, in the order of beginning; undefined for one that came back after its wave. */
  readonly waves: readonly (string | undefined)[];
  /** The wave that is open. */
  readonly open: string | undefined;
};

/** A cluster that is about to begin in a wave, in one possible course. */
export type Turn = {
  readonly timeline: Timeline;
  readonly rollout: Rollout;
  readonly policy: Policy;
  readonly begin: Begin;
  readonly wave: Wave;
  /** The wave's place among all. */
  readonly place: number;
  readonly course: Course;
};

/** Returns the clusters that have begun in a wave, in one possible course. */
export function membersOf({ waves }: Course, rollout: Rollout, wave: string): readonly Begin[] {
  return rollout.begins.filter((_, index) => waves[index] === wave);
}
