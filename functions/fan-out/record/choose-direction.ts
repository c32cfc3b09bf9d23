import type { Rollout, RolloutRecord } from '../../generated/types.ts';
import type { Problem } from '../../kube/problem.ts';
import { type Revision, shortRevision } from '../../revision/revision-content.ts';
import { isRejected } from './record-moves.ts';

/** Which Revision clusters go to, and which way that is. */
export type Direction = {
  readonly revision: Revision;
  readonly direction: RolloutRecord['direction'];
  /** Why it is not what was rendered, if so. */
  readonly because?: string;
};

/**
 * Returns where clusters go: to what was rendered; to the revision that `rollbackTo` names; or back to what was healthy
 * everywhere, when what was rendered has failed and no new attempt is asked for. Refuses a revision that is not kept.
 */
export function chooseDirection(
  rendered: Revision,
  revisions: readonly Revision[],
  { rollbackTo, attempt = 1 }: Rollout,
  record: RolloutRecord | undefined,
): { readonly value: Direction; readonly problem?: never } | { readonly problem: Problem; readonly value?: never } {
  const forward: Direction = { revision: rendered, direction: 'Forward' };
  if (rollbackTo !== undefined && rollbackTo !== shortRevision(rendered.name)) {
    const revision = revisions.find(({ name }) => name === rollbackTo || shortRevision(name) === rollbackTo);
    if (revision === undefined) return { problem: notKept(rollbackTo, revisions) };
    const because = `spec.rollout.rollbackTo keeps all clusters at revision ${shortRevision(revision.name)}`;
    return { value: { revision, direction: 'Back', because } };
  }
  if (record === undefined || !isRejected(record, rendered.name, attempt)) return { value: forward };
  const stable = revisions.find(({ name }) => name === record.stable);
  if (stable === undefined || stable.name === rendered.name) return { value: forward };
  const reason = record.rejected.find(({ revision }) => revision === rendered.name)?.reason ?? 'it failed';
  const because = `revision ${shortRevision(rendered.name)} was rolled back to ${shortRevision(stable.name)}: ${reason}; change the spec, or raise spec.rollout.attempt to try it again`;
  return { value: { revision: stable, direction: 'Back', because } };
}

function notKept(rollbackTo: string, revisions: readonly Revision[]): Problem {
  const kept = revisions
    .toSorted((a, b) => b.number - a.number)
    .map(({ name }) => shortRevision(name))
    .slice(0, 10);
  return {
    path: 'spec.rollout.rollbackTo',
    message: `there is no revision "${rollbackTo}"`,
    hint: kept.length === 0 ? 'none is kept yet' : `kept are ${kept.join(', ')}`,
  };
}
