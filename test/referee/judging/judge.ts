import type { Finding } from './finding.ts';
import type { Rollout } from './rollout.ts';
import { type CompositeLine, nameOf, type Timeline } from './timeline.ts';

/** Returns what was wrong with one rollout; whom it is about is filled in for it. */
export type Judge = (timeline: Timeline, rollout: Rollout) => readonly Finding[];

/** Returns what was wrong with one composite over the whole time. */
export type LineJudge = (timeline: Timeline, line: CompositeLine) => readonly Finding[];

/** Returns a judge of a composite whose findings name it. */
export function judgeLine(judge: LineJudge): LineJudge {
  return (timeline, line) => judge(timeline, line).map((finding) => ({ ...finding, about: nameOf(line) }));
}
