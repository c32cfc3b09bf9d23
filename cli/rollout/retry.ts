import type { Checked } from '../../functions/kube/problem.ts';
import { argumentsFor, type Edit, refuse, type Subject, titleOf } from './subject.ts';

/** Returns the change that tries a revision again that was rolled back; refuses where none was, or where something else holds the clusters back. */
export function retryRollout(subject: Subject): Checked<Edit> {
  const { rollout, progress } = subject;
  const title = titleOf(subject);
  const held = rollout.rollbackTo ?? progress.hold?.revision;
  if (held !== undefined)
    return refuse(
      `a rollback by hand holds ${title} at revision ${held}`,
      `first run crossply rollout rollback ${argumentsFor(subject)} --undo`,
    );
  const [last] = progress.rejected ?? [];
  if (last === undefined || progress.direction !== 'Back')
    return refuse(
      `nothing of ${title} was rolled back, so there is nothing to try again`,
      progress.message === undefined ? undefined : `it ${progress.message}`,
    );
  const attempts = (progress.rejected ?? []).map(({ attempt }) => attempt);
  const attempt = Math.max(rollout.attempt ?? 1, ...attempts) + 1;
  return {
    value: { rollout: { attempt }, said: `${title} tries revision ${last.revision} again (attempt ${attempt})` },
  };
}
