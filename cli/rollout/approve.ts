import { lastEditorAnnotation } from '../../functions/fan-out/read-facts.ts';
import type { ApprovalSpec } from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import { boundedName } from '../../functions/kube/names.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import { nearest } from '../../functions/kube/schema-suggestion.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import { awaitedApproval } from './awaited-approval.ts';
import { approvableKinds, refuse, type Subject, titleOf } from './subject.ts';

/** What somebody says, and who. */
export type Word = Pick<ApprovalSpec, 'approver' | 'reason' | 'expiresAt'> & {
  readonly decision: 'Approve' | 'Reject';
};

/** How many clusters a status names; of a longer list nobody can say that it is whole. */
const mostClusters = 1000;

/** Returns the Approval, or rejection, of a wave of the present rollout: of the one that is named, else of the one that waits for it. Refuses what would count for nothing. */
export function approveWave(subject: Subject, word: Word, wave?: string): Checked<KubeObject> {
  const { progress } = subject;
  const chosen = wave ?? awaitedApproval(progress)?.wave;
  const title = titleOf(subject);
  if (chosen === undefined) {
    const end = progress.endedAt === undefined ? progress.message : `its last rollout ended at ${progress.endedAt}`;
    return refuse(`nothing of ${title} waits for approval${end === undefined ? '' : `: ${end}`}`);
  }
  const names = progress.waves.map(({ name }) => name);
  const present = progress.waves.find(({ name }) => name === chosen);
  if (present === undefined) {
    const meant = nearest(chosen, names);
    const hint = meant === undefined ? `there are ${names.join(', ') || 'none yet'}` : `did you mean "${meant}"?`;
    return refuse(`--wave: ${title} has no wave "${chosen}"`, hint);
  }
  if (progress.endedAt !== undefined)
    return refuse(`nothing of ${title} waits for approval: its last rollout ended at ${progress.endedAt}`);
  if (present.openedAt !== undefined && present.approvals === undefined)
    return refuse(
      `wave ${chosen} of ${title} was opened at ${present.openedAt} and needs no word any more`,
      word.decision === 'Reject' ? 'crossply rollout pause or rollback stops what goes on' : undefined,
    );
  const clusters = present.approvals?.clusters;
  const isWhole = clusters !== undefined && clusters.length < mostClusters;
  return sayWord(subject, word, { wave: chosen, ...(isWhole && word.decision === 'Approve' && { clusters }) });
}

/** Returns the Approval that lets exactly the clusters leave that are held. */
export function approveRemovals(subject: Subject, word: Word, held: readonly string[]): Checked<KubeObject> {
  if (held.length === 0) return refuse(`no cluster of ${titleOf(subject)} is held, so nothing has to be approved`);
  return sayWord(subject, word, { removals: held });
}

function sayWord(
  subject: Subject,
  { approver, decision, reason, expiresAt }: Word,
  about: Pick<ApprovalSpec, 'wave' | 'clusters' | 'removals'>,
): Checked<KubeObject> {
  const { composite, status, progress, lastEditor } = subject;
  const { kind, metadata } = composite;
  const { revision } = status;
  const title = titleOf(subject);
  if (!isApprovable(kind) || revision === undefined)
    return refuse(`${title} has no revision yet that could be approved of`);
  if (decision === 'Approve' && lastEditor === undefined)
    return refuse(
      `no approval of ${title} counts, because nobody knows who made the change`,
      `the annotation ${lastEditorAnnotation} has to say it; docs/approvals.md tells how`,
    );
  if (decision === 'Approve' && (lastEditor === approver || progress.by === approver))
    return refuse(`you (${approver}) made the last change to ${title}`, 'somebody else has to approve of it');
  const spec: ApprovalSpec = {
    for: { kind, name: metadata.name ?? '' },
    ...{ revision, ...about, decision, approver },
    ...(reason !== undefined && { reason }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  const prefix = boundedName([metadata.name ?? '', about.wave ?? 'removals'], 50);
  return {
    value: {
      apiVersion: crossplyApiVersion,
      kind: 'Approval',
      metadata: { generateName: `${prefix}-`, namespace: metadata.namespace ?? '' },
      spec: spec as unknown as JsonObject,
    },
  };
}

function isApprovable(kind: string): kind is ApprovalSpec['for']['kind'] {
  return approvableKinds.some((each) => each === kind);
}
