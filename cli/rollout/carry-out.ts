import type { ApprovalSpec } from '../../functions/generated/types.ts';
import { parseDuration } from '../../functions/kube/duration.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { type Checked, formatProblems } from '../../functions/kube/problem.ts';
import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import type { Terminal } from '../command.ts';
import { refTo } from '../offline-hub/object-ref.ts';
import { listNames } from '../output/table.ts';
import { approveRemovals, approveWave, type Word } from './approve.ts';
import { isConfirmed } from './confirm.ts';
import type { Flags, Subcommand } from './flags.ts';
import { follow } from './follow.ts';
import { nextSteps } from './next-step.ts';
import { pauseRollout, resumeRollout } from './pause.ts';
import { printStatus } from './print-status.ts';
import { heldClusters, keptRevisions } from './read-facts.ts';
import { retryRollout } from './retry.ts';
import { rollBack, undoRollback } from './roll-back.ts';
import type { RolloutHub } from './rollout-hub.ts';
import { type Edit, patchOf, type Subject, titleOf } from './subject.ts';

/** How often a rollout that is followed is looked at. */
const everyMs = 2000;

/** Carries a subcommand out on a hub and returns the exit code. */
export async function carryOut(
  subcommand: Subcommand,
  subject: Subject,
  flags: Flags,
  hub: RolloutHub,
  terminal: Terminal,
): Promise<number> {
  switch (subcommand) {
    case 'status':
      return showStatus(subject, flags, hub, terminal);
    case 'approve':
    case 'reject':
      return sayWord(subcommand, subject, flags, hub, terminal);
    case 'pause':
      return edit(subject, pauseRollout(subject), hub, terminal);
    case 'resume':
      return edit(subject, resumeRollout(subject), hub, terminal);
    case 'retry':
      return edit(subject, retryRollout(subject), hub, terminal);
    case 'rollback':
      return edit(
        subject,
        flags.undo === true
          ? undoRollback(subject)
          : rollBack(subject, await keptRevisions(hub.reader, subject), flags.to),
        hub,
        terminal,
      );
  }
}

async function showStatus(subject: Subject, flags: Flags, hub: RolloutHub, terminal: Terminal): Promise<number> {
  const { status, composite } = subject;
  if (flags.output === 'json') {
    const { phase, revision, clusters, rollout } = status;
    return terminal.print(
      `${JSON.stringify({ phase, revision, clusters, rollout, next: nextSteps(subject) }, null, 2)}\n`,
    );
  }
  terminal.print(`${printStatus(subject, hub.now())}\n`);
  if (flags.watch !== true) return 0;
  return follow(subject, { read: () => hub.reader.get(refTo(composite)), now: hub.now, everyMs }, terminal);
}

async function edit(
  subject: Subject,
  change: Checked<Edit>,
  { writer }: RolloutHub,
  terminal: Terminal,
): Promise<number> {
  if (change.problems !== undefined) return refused(change.problems, terminal);
  const userName = await writer.userName();
  await writer.patch(refTo(subject.composite), patchOf(change.value, userName));
  return terminal.print(`${change.value.said}\n`);
}

async function sayWord(
  subcommand: 'approve' | 'reject',
  subject: Subject,
  flags: Flags,
  hub: RolloutHub,
  terminal: Terminal,
): Promise<number> {
  const expiresIn = parseDuration(flags['expires-in'] ?? '');
  const word: Word = {
    approver: await hub.writer.userName(),
    decision: subcommand === 'approve' ? 'Approve' : 'Reject',
    ...(flags.reason !== undefined && { reason: flags.reason }),
    ...(expiresIn !== undefined && { expiresAt: formatTimestamp(hub.now() + expiresIn) }),
  };
  if (flags.removals !== true) return say(subject, approveWave(subject, word, flags.wave), hub, terminal);
  const held = await heldClusters(hub, subject);
  if (held.problems !== undefined) return refused(held.problems, terminal);
  const approval = approveRemovals(subject, word, held.value);
  if (approval.problems === undefined && flags.yes !== true) {
    terminal.print(`${titleOf(subject)} should leave ${held.value.length} clusters:\n  ${held.value.join('\n  ')}\n`);
    if (!(await isConfirmed('Approve of that?', terminal))) return 1;
  }
  return say(subject, approval, hub, terminal);
}

async function say(
  subject: Subject,
  approval: Checked<KubeObject>,
  { writer }: RolloutHub,
  terminal: Terminal,
): Promise<number> {
  if (approval.problems !== undefined) return refused(approval.problems, terminal);
  const name = await writer.create(approval.value);
  return terminal.print(`${tell(subject, approval.value)} (Approval ${name})\n`);
}

function tell(subject: Subject, { spec }: KubeObject): string {
  const { approver, decision, revision, wave, removals, expiresAt } = spec as unknown as ApprovalSpec;
  const what = wave === undefined ? `leaving ${listNames(removals ?? [])}` : `wave ${wave}`;
  const until = expiresAt === undefined ? '' : ` until ${expiresAt}`;
  const verb = decision === 'Reject' ? 'rejects' : 'approves of';
  return `${approver} ${verb} ${what} with revision ${revision} of ${titleOf(subject)}${until}`;
}

function refused(problems: Parameters<typeof formatProblems>[0], terminal: Terminal): number {
  terminal.complain(`crossply rollout: ${formatProblems(problems)}`);
  return 1;
}
