import { letGoAnnotation } from '../../functions/fan-out/record/choose-direction.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import { listNames } from '../output/table.ts';
import { argumentsFor, type Edit, refuse, type Subject, titleOf } from './subject.ts';

/**
 * Returns the change that takes all clusters back to a revision: the one that is named, else the last that was healthy
 * everywhere, else the one before in the history. `kept` are the short hashes of the revisions that are there, newest first.
 */
export function rollBack(subject: Subject, kept: readonly string[], to?: string): Checked<Edit> {
  const { status, rollout } = subject;
  const title = titleOf(subject);
  const revision = to ?? revisionBefore(subject, kept);
  const list = kept.length === 0 ? 'none is kept' : `kept are ${listNames(kept, 110)}`;
  if (revision === undefined)
    return refuse(
      `${title} has run no other revision that was healthy everywhere and is kept`,
      `name one with --to; ${list}`,
    );
  if (!kept.includes(revision)) return refuse(`revision "${revision}" of ${title} is not kept`, list);
  if (rollout.rollbackTo === revision)
    return refuse(`${title} is held at revision ${revision} already`, 'see how far it is with crossply rollout status');
  if (status.revision === revision && rollout.rollbackTo === undefined && subject.progress.hold === undefined)
    return refuse(`${title} goes to revision ${revision} already`, list);
  const undo = `crossply rollout rollback ${argumentsFor(subject)} --undo`;
  return {
    value: {
      rollout: { rollbackTo: revision },
      said: `all clusters of ${title} go back to revision ${revision} and stay there, whatever the rest of the spec says, until ${undo}`,
    },
  };
}

/** Returns the change that lets clusters have what the spec says again: it lets go of a rollback by hand also where the spec no longer asks for it. */
export function undoRollback(subject: Subject): Checked<Edit> {
  const title = titleOf(subject);
  const { rollbackTo } = subject.rollout;
  const { hold } = subject.progress;
  if (rollbackTo === undefined && hold === undefined)
    return refuse(`${title} is not held at any revision: spec.rollout.rollbackTo is not set`);
  return {
    value: {
      rollout: { rollbackTo: null },
      ...(hold !== undefined && { annotations: { [letGoAnnotation]: hold.since } }),
      said: `${title} is rolled out again as its spec says, wave by wave`,
    },
  };
}

function revisionBefore({ status, progress }: Subject, kept: readonly string[]): string | undefined {
  const { stable, history = [] } = progress;
  if (stable !== undefined && stable !== status.revision) return stable;
  return history.find(
    ({ revision, outcome }) => outcome === 'Completed' && revision !== status.revision && kept.includes(revision),
  )?.revision;
}
