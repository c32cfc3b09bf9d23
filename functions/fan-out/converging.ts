import type { Instant } from '../runtime/composition-function.ts';
import { isDone, type PlacedAssignment, patienceMs } from '../slices/placed-assignment.ts';
import type { RolloutPlan } from './plan-rollout.ts';

/** How often whatever waits or is stuck is looked at. */
const stuckEveryMs = 60_000;

/** Tells whether anything is on its way, so that the next look must not wait for an event. */
export function isConverging({ moves }: RolloutPlan, current: readonly PlacedAssignment[], now: Instant): boolean {
  if (moves.set.length > 0 || moves.leave.length > 0) return true;
  return current.some((entry) => !isDone(entry) && !isStuck(entry, now));
}

/** Returns when to look again at clusters that are stuck or wait; nothing when there are none. */
export function nextLook(
  { moves }: RolloutPlan,
  current: readonly PlacedAssignment[],
  now: Instant,
): { readonly nextGate?: Instant } {
  return moves.waiting.size > 0 || current.some((entry) => !isDone(entry)) ? { nextGate: now + stuckEveryMs } : {};
}

/** Tells whether a cluster has been on its way for so long that it is not expected to get healthy by itself. */
export function isStuck({ status }: PlacedAssignment, now: Instant): boolean {
  return status !== undefined && now - Date.parse(status.since) > patienceMs;
}
