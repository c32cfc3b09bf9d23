import type { Checked } from '../../functions/kube/problem.ts';
import { type Edit, refuse, type Subject, titleOf } from './subject.ts';

/** Returns the change that stops a rollout; refuses to stop what is stopped already. */
export function pauseRollout(subject: Subject): Checked<Edit> {
  const title = titleOf(subject);
  if (subject.rollout.paused === true) return refuse(`${title} is paused already`);
  return {
    value: {
      rollout: { paused: true },
      said: `${title} is paused: nothing changes but fail-over and scaling, and what runs is kept`,
    },
  };
}

/** Returns the change that lets a rollout go on; refuses what is not paused, and says what else stops it. */
export function resumeRollout(subject: Subject): Checked<Edit> {
  const title = titleOf(subject);
  const others = (subject.progress.brakes ?? []).filter((brake) => brake !== pausedBrake);
  const also = others.length === 0 ? undefined : `it is stopped by: ${others.join('; ')}`;
  if (subject.rollout.paused !== true) return refuse(`${title} is not paused`, also);
  return {
    value: {
      rollout: { paused: null },
      said: also === undefined ? `${title} goes on` : `${title} is not paused any more, but ${also}`,
    },
  };
}

/** How a status tells of the pause itself. */
export const pausedBrake = 'paused by spec.rollout.paused';
