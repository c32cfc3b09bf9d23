import { sayMs } from '../duration.ts';
import type { Finding } from '../finding.ts';
import type { Judge } from '../judge.ts';
import { findDeadEnd } from '../wave-course.ts';

/** Finds clusters that began before an earlier wave was done. */
export const wavesInOrder: Judge = (timeline, rollout): readonly Finding[] => {
  const end = findDeadEnd(timeline, rollout, []);
  if (end === undefined) return [];
  const { begin, why } = end;
  const says = `${begin.cluster} began ${sayMs(begin.at - rollout.at)} after the change was asked for, but ${why}`;
  return [{ at: begin.at, promise: 'waves go one after the other', about: '', says }];
};
