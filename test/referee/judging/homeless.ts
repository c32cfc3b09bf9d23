import { ancestors } from './policy.ts';
import type { Rollout } from './rollout.ts';
import { during } from './steps.ts';
import { nothing, type Timeline } from './timeline.ts';

/** Tells whether at some moment of a span a cluster had not got the ComputeNamespace that a composite needs there. */
export function isHomeless(timeline: Timeline, { line }: Rollout, cluster: string, from: number, to: number): boolean {
  const home = ancestors(timeline, line, to).find((each) => each !== line && each.kind === 'ComputeNamespace');
  if (home === undefined) return false;
  const steps = home.standing.get(cluster) ?? [];
  const isLate = steps[0] === undefined || steps[0].at > from;
  return isLate || during(steps, from, to).some(({ value }) => (value ?? nothing).content === '');
}
