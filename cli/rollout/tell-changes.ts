import type { RolloutProgress } from '../../functions/generated/types.ts';
import { type Subject, titleOf } from './subject.ts';

/** Returns what has changed in a rollout from one look to the next, a line each; nothing when nothing has. */
export function tellChanges(before: Subject, after: Subject): readonly string[] {
  const [old, now] = [before.progress, after.progress];
  const phase = after.status.phase ?? 'Pending';
  const isNew = now.number !== old.number && now.number !== undefined;
  const begun = `rollout ${now.number} of revision ${after.status.revision ?? 'none'} has begun`;
  return [
    ...(isNew ? [now.by === undefined ? begun : `${begun}, by ${now.by}`] : []),
    ...(now.brakes ?? []).filter((brake) => !old.brakes?.includes(brake)).map((brake) => `stopped: ${brake}`),
    ...(old.brakes ?? []).filter((brake) => !now.brakes?.includes(brake)).map((brake) => `no longer stopped: ${brake}`),
    ...now.waves.flatMap((wave) =>
      tellWave(isNew ? undefined : old.waves.find(({ name }) => name === wave.name), wave),
    ),
    ...(phase === (before.status.phase ?? 'Pending') ? [] : [`${titleOf(after)} is ${phase}`]),
  ];
}

type Wave = RolloutProgress['waves'][number];

function tellWave(old: Wave | undefined, now: Wave): readonly string[] {
  const { name, state, clusters, updated, healthy, failed, message, approvedBy = [] } = now;
  const approvers = approvedBy.filter((each) => !old?.approvedBy?.includes(each));
  const isMoved = old !== undefined && (old.updated !== updated || old.healthy !== healthy || old.failed !== failed);
  const waits = message !== undefined && message !== old?.message && !message.startsWith('waits for wave ');
  const parts = [
    ...(old !== undefined && old.state !== state ? [state] : []),
    ...(isMoved
      ? [`${updated} of ${clusters} updated, ${healthy} healthy${failed > 0 ? `, ${failed} failed` : ''}`]
      : []),
    ...(approvers.length === 0 ? [] : [`approved by ${approvers.join(', ')}`]),
    ...(waits ? [message] : []),
  ];
  return parts.length === 0 ? [] : [`wave ${name}: ${parts.join('; ')}`];
}

/** Tells whether there is nothing more to follow: the rollout has ended, and all clusters are as they should be. */
export function isOver({ progress, status }: Subject): boolean {
  return progress.endedAt !== undefined && (status.phase === 'Healthy' || status.phase === 'RolledBack');
}
