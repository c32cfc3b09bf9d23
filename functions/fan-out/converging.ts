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

/** Returns when to look again: at clusters that are stuck or wait, and when time alone may change the placement; nothing when neither is the case. */
export function nextLook(
  { moves }: RolloutPlan,
  current: readonly PlacedAssignment[],
  nextDecisionAt: Instant | undefined,
  now: Instant,
): { readonly nextGate?: Instant } {
  const isWaiting = moves.waiting.size > 0 || current.some((entry) => !isDone(entry));
  const gates = [...(isWaiting ? [now + stuckEveryMs] : []), ...(nextDecisionAt === undefined ? [] : [nextDecisionAt])];
  return gates.length === 0 ? {} : { nextGate: Math.min(...gates) };
}

/** Tells whether a cluster has been on its way for so long that it is not expected to get healthy by itself. */
export function isStuck({ status }: PlacedAssignment, now: Instant): boolean {
  return status !== undefined && now - Date.parse(status.since) > patienceMs;
}
