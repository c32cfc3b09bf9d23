import type { Assignment, RolloutRecord } from '../../generated/types.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../../slices/placed-assignment.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import type { WavePolicy } from '../policy/wave-policy.ts';
import { compareEntry, type Likeness } from './compare-entry.ts';
import type { GateInput } from './moves.ts';

/**
 * How far a wanted cluster is. `Absent` has nothing yet, `Outdated` something else; `Moving` has what it should have and is
 * not healthy with it yet, `Done` is; `Failed` will not get healthy by itself; `Skipped` cannot be reached, or is paused, and
 * is not waited for; `Blocked` may not change now.
 */
export type Standing = 'Absent' | 'Outdated' | 'Moving' | 'Done' | 'Failed' | 'Skipped' | 'Blocked';

/** A wanted cluster as the gate sees it. */
export type ClusterView = {
  readonly name: string;
  readonly next: Assignment;
  readonly entry?: PlacedAssignment;
  readonly likeness?: Likeness;
  readonly standing: Standing;
  /** Whether its entry says what it should, replicas aside where they go at once. */
  readonly hasTarget: boolean;
  /** Whether a person has paused it. */
  readonly isPaused: boolean;
  /** Since when a cluster that is done has been healthy. */
  readonly healthySince?: Instant;
  /** When a cluster that is moving will count as failed. */
  readonly failsAt?: Instant;
};

/** A view before its times are told. */
export type UntimedView = Omit<ClusterView, 'healthySince' | 'failsAt'>;

/** For how long a cluster may report a refusal before it counts as failed: a webhook that restarts refuses for a moment. */
const refusalPatienceMs = 60_000;

/** Returns how far a wanted cluster is. What speaks of an older entry says nothing: stale health opens no wave. */
export function viewCluster(
  name: string,
  next: Assignment,
  entry: PlacedAssignment | undefined,
  { blocked, paused }: Pick<GateInput, 'blocked' | 'paused'>,
  { unreachable, scaleImmediately }: Pick<RolloutPolicy, 'unreachable' | 'scaleImmediately'>,
): UntimedView {
  const isPaused = paused.has(name);
  if (entry === undefined) {
    const standing = isPaused ? 'Skipped' : blocked.has(name) ? 'Blocked' : 'Absent';
    return { name, next, standing, isPaused, hasTarget: false };
  }
  const likeness = compareEntry(entry, next);
  const hasTarget = likeness === 'Same' || (likeness === 'Scaled' && scaleImmediately);
  const view = { name, next, entry, likeness, isPaused, hasTarget };
  if (entry.assignment.state === 'Leaving') return { ...view, standing: 'Blocked' };
  if (isPaused) return { ...view, standing: hasTarget && isDone(entry) ? 'Done' : 'Skipped' };
  if (!hasTarget && blocked.has(name)) return { ...view, standing: 'Blocked' };
  if (entry.status?.phase === 'Unreachable' && unreachable !== 'Wait') {
    return { ...view, standing: unreachable === 'Fail' ? 'Failed' : 'Skipped' };
  }
  if (!hasTarget) return { ...view, standing: 'Outdated' };
  return { ...view, standing: isDone(entry) ? 'Done' : 'Moving' };
}

/** Returns the view with its times: one that is moving has failed once its deadline has passed, or it has been refused for a minute. */
export function timeCluster(
  view: UntimedView,
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

/** Tells whether a cluster has yet to get what it should have. */
export function isPending({ standing }: Pick<ClusterView, 'standing'>): boolean {
  return standing === 'Outdated' || standing === 'Absent';
}

/** Tells whether a cluster is healthy with what it should have, and something new that it runs could have failed; a report that says nothing of that counts. */
export function provesTarget(
  { name, standing, entry }: ClusterView,
  { provable }: Pick<GateInput, 'provable'>,
): boolean {
  return standing === 'Done' && entry?.status?.proves !== false && provable(name);
}

/** Tells whether a cluster joined with what it should have while others ran the composite before: its own troubles are no verdict on a revision. */
export function isNewcomer({ entry, hasTarget }: ClusterView, { stable }: Pick<RolloutRecord, 'stable'>): boolean {
  return stable !== undefined && hasTarget && entry?.assignment.sequence === 1;
}
