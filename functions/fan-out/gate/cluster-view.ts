import type { Assignment, RolloutRecord } from '../../generated/types.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../../slices/placed-assignment.ts';
import type { RolloutPolicy, WavePolicy } from '../policy/rollout-policy.ts';
import { compareEntry, type Likeness } from './compare-entry.ts';
import type { GateInput } from './moves.ts';

/**
 * How far a wanted cluster is. `Absent` has nothing yet, `Outdated` something else; `Moving` has what it should have and is
 * not healthy with it yet, `Done` is; `Failed` will not get healthy by itself; `Skipped` cannot be reached and is not waited
 * for; `Blocked` may not change now.
 */
export type Standing = 'Absent' | 'Outdated' | 'Moving' | 'Done' | 'Failed' | 'Skipped' | 'Blocked';

/** A wanted cluster as the gate sees it. */
export type ClusterView = {
  readonly name: string;
  readonly next: Assignment;
  readonly entry?: PlacedAssignment;
  readonly likeness?: Likeness;
  readonly standing: Standing;
  /** Since when a cluster that is done has been healthy. */
  readonly healthySince?: Instant;
  /** When a cluster that is moving will count as failed. */
  readonly failsAt?: Instant;
};

/** For how long a cluster may report a refusal before it counts as failed: a webhook that restarts refuses for a moment. */
const refusalPatienceMs = 60_000;

/** Returns how far a wanted cluster is. What speaks of an older entry says nothing: stale health opens no wave. */
export function viewCluster(
  name: string,
  next: Assignment,
  entry: PlacedAssignment | undefined,
  { blocked }: Pick<GateInput, 'blocked'>,
  { unreachable, scaleImmediately }: Pick<RolloutPolicy, 'unreachable' | 'scaleImmediately'>,
): Omit<ClusterView, 'healthySince' | 'failsAt'> {
  if (entry === undefined) return { name, next, standing: blocked.has(name) ? 'Blocked' : 'Absent' };
  const likeness = compareEntry(entry, next);
  const view = { name, next, entry, likeness };
  if (entry.assignment.state === 'Leaving') return { ...view, standing: 'Blocked' };
  const isThere = likeness === 'Same' || (likeness === 'Scaled' && scaleImmediately);
  if (!isThere && blocked.has(name)) return { ...view, standing: 'Blocked' };
  if (entry.status?.phase === 'Unreachable' && unreachable !== 'Wait') {
    return { ...view, standing: unreachable === 'Fail' ? 'Failed' : 'Skipped' };
  }
  if (!isThere) return { ...view, standing: 'Outdated' };
  return { ...view, standing: isDone(entry) ? 'Done' : 'Moving' };
}

/** Returns the view with its times: one that is moving has failed once its deadline has passed, or it has been refused for a minute. */
export function timeCluster(
  view: Omit<ClusterView, 'healthySince' | 'failsAt'>,
  { deadlineMs }: Pick<WavePolicy, 'deadlineMs'>,
  now: Instant,
): ClusterView {
  const status = view.entry?.status;
  if (status === undefined) return view;
  if (view.standing === 'Done') return { ...view, healthySince: Date.parse(status.since) };
  if (view.standing !== 'Moving') return view;
  const deadline = Date.parse(status.movingSince ?? status.since) + deadlineMs;
  const refused = status.phase === 'Failed' ? Date.parse(status.since) + refusalPatienceMs : deadline;
  const failsAt = Math.min(deadline, refused);
  return failsAt <= now ? { ...view, standing: 'Failed' } : { ...view, failsAt };
}

/** Tells whether a cluster joined with what it should have while others ran the composite before: its own troubles are no verdict on a revision. */
export function isNewcomer({ entry, likeness }: ClusterView, { stable }: Pick<RolloutRecord, 'stable'>): boolean {
  const hasTarget = likeness === 'Same' || likeness === 'Scaled';
  return stable !== undefined && hasTarget && entry?.assignment.sequence === 1;
}
