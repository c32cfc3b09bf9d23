import { decidedFrom } from './reach.ts';
import { at } from './steps.ts';
import { type CompositeLine, nothing, type Timeline } from './timeline.ts';

/** A cluster from which all that stood of a composite went. */
export type Leave = {
  readonly cluster: string;
  /** When the first object went. */
  readonly at: number;
  /** When nothing was left. */
  readonly goneAt: number;
  /** The earliest moment at which that may have been decided. */
  readonly decidedFrom: number;
};

/** Objects that go within this time of each other go together. */
const togetherMs = 60_000;

/** Returns every time that a composite left a cluster, but for what a deletion of the composite itself takes away. */
export function leavesOf(timeline: Timeline, line: CompositeLine): readonly Leave[] {
  return [...line.standing].flatMap(([cluster, steps]) =>
    steps.flatMap(({ at: goneAt, value }, index): Leave[] => {
      const before = steps[index - 1]?.value ?? nothing;
      const isGone = Object.keys(value.objects).length === 0 && Object.keys(before.objects).length > 0;
      if (!isGone || at(line.wishes, goneAt) === undefined) return [];
      const start = steps.slice(0, index).findLastIndex((step, place, all) => {
        const earlier = all[place - 1];
        const shrinks =
          earlier !== undefined && Object.keys(step.value.objects).length < Object.keys(earlier.value.objects).length;
        return !shrinks || step.at < goneAt - togetherMs;
      });
      const first = steps[start + 1]?.at ?? goneAt;
      return [{ cluster, at: first, goneAt, decidedFrom: decidedFrom(timeline, cluster, first) }];
    }),
  );
}
