import type { Instant } from '../runtime/composition-function.ts';
import { isDone, type PlacedAssignment, patienceMs } from '../slices/placed-assignment.ts';
import type { RolloutPlan } from './rollout-facts.ts';

/** How often clusters that are not as they should be are looked at, for core may have dropped the event of their getting well. */
const unwellEveryMs = 60_000;

/**
 * Tells whether anything is on its way, so that the next look must not wait for an event. A cluster that cannot be reached is
 * not: it is looked at every minute, for one that is down has many composites on it.
 */
export function isConverging({ moves }: RolloutPlan, current: readonly PlacedAssignment[], now: Instant): boolean {
  if (moves.set.length > 0 || moves.leave.length > 0) return true;
  return current.some((entry) => !isDone(entry) && entry.status?.phase !== 'Unreachable' && !isStuck(entry, now));
}

/**
 * Returns when to look again: when time alone changes the placement or lets the rollout go on, and every minute while a
 * cluster is unwell; nothing when neither is the case, for what people say arrives as an event.
 */
export function nextLook(
  { moves }: RolloutPlan,
  current: readonly PlacedAssignment[],
  nextDecisionAt: Instant | undefined,
  now: Instant,
): { readonly nextGate?: Instant } {
  const isUnwell = current.some((entry) => !isDone(entry));
  const gates = [...(isUnwell ? [now + unwellEveryMs] : []), nextDecisionAt ?? [], moves.nextDecisionAt ?? []].flat();
  return gates.length === 0 ? {} : { nextGate: Math.min(...gates) };
}

/** Tells whether a cluster has been on its way for so long that it is not expected to get healthy by itself. */
export function isStuck({ status }: PlacedAssignment, now: Instant): boolean {
  return status !== undefined && now - Date.parse(status.movingSince ?? status.since) > patienceMs;
}
