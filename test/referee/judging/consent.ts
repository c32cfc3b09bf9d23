import { field, listAt, textAt } from './json-field.ts';
import type { Rollout } from './rollout.ts';
import { at } from './steps.ts';
import type { ApprovalLine, Timeline } from './timeline.ts';

/** What an Approval would have to be about. */
export type Question = {
  readonly wave: string;
  readonly cluster: string;
  /** When it is asked in this form, and until when an answer came in time. */
  readonly from: number;
  readonly to: number;
};

/** Returns the largest number of different people who, at one moment, had approved of what a rollout brings to a cluster in a wave, and had not been outweighed. */
export function peopleFor(timeline: Timeline, rollout: Rollout, question: Question): number {
  const { line } = rollout;
  const { approvals } = timeline;
  const about = approvals.filter((approval) => isAbout(approval, rollout, question));
  const counting = about.filter(({ spec, from }) => {
    const approver = textAt(spec, 'approver');
    const isMeant = textAt(spec, 'decision') !== 'Reject' && from >= question.from && from <= question.to;
    const clusters = listAt(spec, 'clusters');
    const editors = [rollout.request.editor, at(line.wishes, question.to)?.editor];
    const isSomebodyElse = editors.some((editor) => editor !== undefined) && !editors.includes(approver);
    return isMeant && isSomebodyElse && (clusters.length === 0 || clusters.includes(question.cluster));
  });
  const moments = [...counting.map(({ from }) => from), ...about.flatMap(({ until = [] }) => until), question.to];
  const counts = moments
    .filter((moment) => moment <= question.to)
    .map((moment) => {
      const isRejected = about.some((each) => textAt(each.spec, 'decision') === 'Reject' && isAlive(each, moment));
      const people = counting.filter((each) => isAlive(each, moment)).map(({ spec }) => textAt(spec, 'approver'));
      return isRejected ? 0 : new Set(people).size;
    });
  return Math.max(0, ...counts);
}

/** Tells whether a Reject of what a rollout brings to a wave existed during a whole span. */
export function isRejected(timeline: Timeline, rollout: Rollout, wave: string, from: number, to: number): boolean {
  const question = { wave, cluster: '', from, to };
  return timeline.approvals.some(
    (each) =>
      textAt(each.spec, 'decision') === 'Reject' &&
      isAbout(each, rollout, question) &&
      each.from <= from &&
      (each.until ?? timeline.endsAt) >= to,
  );
}

function isAbout({ spec, namespace }: ApprovalLine, rollout: Rollout, { wave, to }: Question): boolean {
  const { line } = rollout;
  const before = at(line.told, rollout.at)?.revision;
  const since = line.told.filter((told) => told.at > rollout.at && told.at <= to).map(({ value }) => value.revision);
  // The status of the moment tells of what was before, unless it goes on telling the same.
  const revisions = since.some((revision) => revision !== before) ? since.filter((each) => each !== before) : [before];
  return (
    namespace === line.namespace &&
    field(spec, 'for', 'kind') === line.kind &&
    field(spec, 'for', 'name') === line.name &&
    textAt(spec, 'wave') === wave &&
    revisions.includes(textAt(spec, 'revision'))
  );
}

function isAlive({ from, until, spec }: ApprovalLine, moment: number): boolean {
  const expires = Date.parse(textAt(spec, 'expiresAt') ?? '');
  return from <= moment && (until === undefined || moment < until) && (Number.isNaN(expires) || moment < expires);
}
