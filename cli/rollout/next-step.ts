import { findCondition } from '../../functions/kube/object.ts';
import { awaitedApproval } from './awaited-approval.ts';
import { pausedBrake } from './pause.ts';
import { argumentsFor, type Subject } from './subject.ts';

/** Returns the commands that would let a rollout go on, the most pressing first, each with what it does; none when it goes on by itself. */
export function nextSteps(subject: Subject): readonly { readonly command: string; readonly why: string }[] {
  const { progress, rollout, composite, status } = subject;
  const step = (subcommand: string, why: string, flags = '') => ({
    command: `crossply rollout ${subcommand} ${argumentsFor(subject)}${flags}`,
    why,
  });
  const brakes = progress.brakes ?? [];
  const cords = brakes.flatMap((brake) => /^AndonCord ([^:]+): /.exec(brake)?.[1] ?? []);
  if (cords.length > 0)
    return cords.map((name) => ({ command: `kubectl delete andoncord ${name}`, why: 'once what it is for is mended' }));
  if (brakes.includes(pausedBrake)) return [step('resume', 'it is paused')];
  if (brakes.length > 0) return [];
  const awaited = awaitedApproval(progress);
  const isHeld = findCondition(composite, 'RemovalHeld')?.status === 'True';
  const isRejected = progress.direction === 'Back' && (progress.rejected ?? []).length > 0;
  const isStuck = status.phase === 'Degraded' && progress.direction !== 'Back';
  const isBackPossible = progress.stable !== undefined && progress.stable !== status.revision;
  return [
    ...(awaited === undefined
      ? []
      : [step('approve', `wave ${awaited.wave} waits for approval`, ` --wave ${awaited.wave}`)]),
    ...(isHeld ? [step('approve', 'more clusters should leave than may without approval', ' --removals')] : []),
    ...(isStuck && isBackPossible ? [step('rollback', `revision ${progress.stable} was healthy everywhere`)] : []),
    ...(rollout.rollbackTo !== undefined || progress.hold !== undefined
      ? [step('rollback', `it is held at revision ${rollout.rollbackTo ?? progress.hold?.revision}`, ' --undo')]
      : isRejected
        ? [step('retry', `revision ${progress.rejected?.[0]?.revision ?? ''} was rolled back`)]
        : []),
  ];
}
