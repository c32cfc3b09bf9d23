import type { RolloutStatus } from '../generated/types.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../slices/placed-assignment.ts';
import { isStuck } from './converging.ts';
import type { RolloutPlan } from './rollout-facts.ts';

/**
 * Returns where a rollout stands in a word. `Degraded`: more clusters have failed than may, or one is not expected to get
 * healthy by itself; `Held`: an input is wrong, or more clusters should leave than may; `Paused`: something stops it that
 * people have set; `RolledBack`: all is healthy, but with an older revision than the spec asks for.
 */
export function phaseOf(
  { moves, problems, wanted, keptBecause }: RolloutPlan,
  current: readonly PlacedAssignment[],
  brakes: readonly string[],
  now: Instant,
): NonNullable<RolloutStatus['phase']> {
  if (problems.length > 0 || moves.held.length > 0) return 'Held';
  const isWaiting = moves.waiting.size > 0;
  if (brakes.length > 0 && isWaiting) return 'Paused';
  if (current.length === 0) return wanted.size === 0 ? 'Pending' : 'Progressing';
  if (moves.failures !== undefined) return 'Degraded';
  if (moves.set.length > 0 || moves.leave.length > 0) return 'Progressing';
  const unfinished = current.filter((entry) => !isDone(entry));
  if (unfinished.some((entry) => isStuck(entry, now))) return 'Degraded';
  if (unfinished.length > 0 || isWaiting) return 'Progressing';
  return keptBecause === undefined ? 'Healthy' : 'RolledBack';
}
