import type { RolloutStatus } from '../generated/types.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../slices/placed-assignment.ts';
import { isStuck } from './converging.ts';
import type { RolloutPlan } from './plan-rollout.ts';

/** Returns where a rollout stands in a word: Degraded only when a cluster has not got healthy for so long that it is not expected to by itself. */
export function phaseOf(
  { moves, problems, wanted }: RolloutPlan,
  current: readonly PlacedAssignment[],
  now: Instant,
): NonNullable<RolloutStatus['phase']> {
  if (problems.length > 0 || moves.held.length > 0) return 'Held';
  if (current.length === 0) return wanted.size === 0 ? 'Pending' : 'Progressing';
  if (moves.set.length > 0 || moves.leave.length > 0) return 'Progressing';
  const unfinished = current.filter((entry) => !isDone(entry));
  if (unfinished.some((entry) => isStuck(entry, now))) return 'Degraded';
  return unfinished.length > 0 || moves.waiting.size > 0 ? 'Progressing' : 'Healthy';
}
