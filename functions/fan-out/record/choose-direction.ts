import type { Rollout, RolloutRecord } from '../../generated/types.ts';
import type { Problem } from '../../kube/problem.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import { type Revision, shortRevision } from '../../revision/revision-content.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { isRejected } from './record-moves.ts';

/** The annotation by which somebody lets go of a rollback by hand; its value is the time since when it holds. */
export const letGoAnnotation = 'crossply.dev/let-go';

/** Which Revision clusters go to, and which way that is. */
export type Direction = {
  readonly revision: Revision;
  readonly direction: RolloutRecord['direction'];
  /** Why it is not what was rendered, if so. */
  readonly because?: string;
  /** A rollback by hand, to be remembered. */
  readonly hold?: NonNullable<RolloutRecord['hold']>;
};

/** What people ask for beside the content. */
export type DirectionFacts = {
  readonly rollout: Rollout;
  readonly record: RolloutRecord | undefined;
  /** The value of the annotation by which somebody lets go of a rollback by hand. */
  readonly letGo?: string;
  readonly lastEditor?: string;
  readonly now: Instant;
};

type Chosen =
  | { readonly value: Direction; readonly problem?: never }
  | { readonly problem: Problem; readonly value?: never };

/**
 * Returns where clusters go: to what was rendered; to the revision that `rollbackTo` names, or that it named before, until
 * somebody lets go; or back to what was healthy everywhere, when what was rendered has failed and no new attempt is asked
 * for. Refuses a revision that is not kept.
 */
export function chooseDirection(rendered: Revision, revisions: readonly Revision[], facts: DirectionFacts): Chosen {
  const { rollout, record } = facts;
  const forward: Direction = { revision: rendered, direction: 'Forward' };
  const { rollbackTo, attempt = 1 } = rollout;
  if (rollbackTo !== undefined) {
    if (rollbackTo === shortRevision(rendered.name)) return { value: forward };
    return goBackByHand(rollbackTo, revisions, facts);
  }
  const hold = holdOf(facts);
  if (hold !== undefined) return keepHold(hold, rendered, revisions);
  if (record === undefined || !isRejected(record, rendered.name, attempt)) return { value: forward };
  const stable = revisions.find(({ name }) => name === record.stable);
  if (stable === undefined || stable.name === rendered.name) return { value: forward };
  const reason = record.rejected.find(({ revision }) => revision === rendered.name)?.reason ?? 'it failed';
  const because = `revision ${shortRevision(rendered.name)} was rolled back to ${shortRevision(stable.name)}: ${reason}; change the spec, or raise spec.rollout.attempt to try it again`;
  return { value: { revision: stable, direction: 'Back', because } };
}

function goBackByHand(
  rollbackTo: string,
  revisions: readonly Revision[],
  { record, rollout: { attempt = 1 }, lastEditor, now }: DirectionFacts,
): Chosen {
  const revision = revisions.find(({ name }) => name === rollbackTo || shortRevision(name) === rollbackTo);
  if (revision === undefined) return { problem: notKept(rollbackTo, revisions) };
  const known = record?.hold?.revision === revision.name ? record.hold : undefined;
  const hold = known ?? {
    ...{ revision: revision.name, since: formatTimestamp(now), attempt },
    ...(lastEditor !== undefined && { by: lastEditor }),
  };
  const because = `spec.rollout.rollbackTo keeps all clusters at revision ${shortRevision(revision.name)}`;
  return { value: { revision, direction: 'Back', because, hold } };
}

/** A rollback by hand that nobody has let go of yet. */
function holdOf({ record, rollout: { attempt = 1 }, letGo }: DirectionFacts): RolloutRecord['hold'] {
  const hold = record?.hold;
  return hold === undefined || letGo === hold.since || attempt > hold.attempt ? undefined : hold;
}

function keepHold(
  hold: NonNullable<RolloutRecord['hold']>,
  rendered: Revision,
  revisions: readonly Revision[],
): Chosen {
  const short = shortRevision(hold.revision);
  const revision = revisions.find(({ name }) => name === hold.revision);
  if (revision === undefined) {
    const message = `the revision ${short} that clusters were rolled back to by hand is gone`;
    return { problem: { path: 'spec.rollout.rollbackTo', message, hint: letGoHint(hold) } };
  }
  if (revision.name === rendered.name) return { value: { revision, direction: 'Forward', hold } };
  const by = hold.by === undefined ? '' : ` by ${hold.by}`;
  const because = `all clusters are kept at revision ${short} since a rollback by hand${by} at ${hold.since}; ${letGoHint(hold)}`;
  return { value: { revision, direction: 'Back', because, hold } };
}

function letGoHint({ since }: NonNullable<RolloutRecord['hold']>): string {
  return `to let go, run crossply rollout rollback --undo, set the annotation ${letGoAnnotation}: "${since}", or raise spec.rollout.attempt`;
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
