import type { Toleration } from '../generated/types.ts';
import type { Instant } from '../runtime/composition-function.ts';

/** What keeps work off a cluster: new work (NoSchedule), all work (NoExecute), or work that fits elsewhere (PreferNoSchedule). */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /** Since when the cluster has it; a taint of unknown age counts from now. */
  readonly since?: Instant;
}

/** Whether the cluster in question runs the workload already. */
export interface Presence {
  readonly isPresent: boolean;
}

/** Tells whether a toleration is meant for a taint, whatever the time; one with an operator that does not exist fits none. */
export function fitsTaint({ key = '', operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (operator === 'Exists') return key === '' || key === taint.key;
  return operator === 'Equal' && key === taint.key && value === (taint.value ?? '');
}

/**
 * Returns the first taint, in their order, that keeps work off a cluster: NoSchedule and NoExecute for new work, NoExecute
 * alone for work that runs there. A toleration is over at the very instant its seconds have passed; then the next one that
 * fits counts (core/v1 knows only the first, and lets expired ones admit new work, which would have to leave at once).
 */
export function repellingTaint(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  now: Instant,
  presence: Presence,
): Taint | undefined {
  return taints.find((taint) => bears(taint, presence) && endOfToleration(taint, tolerations, now) === undefined);
}

/**
 * Returns the taint that evicts work from a cluster first, and when: NoExecute without a toleration at once, with a timed
 * one when that ends. Nothing when no end is in sight.
 */
export function evictingTaint(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  now: Instant,
): { readonly taint: Taint; readonly dueAt: Instant } | undefined {
  return taints
    .filter((taint) => bears(taint, { isPresent: true }))
    .map((taint) => ({ taint, dueAt: endOfToleration(taint, tolerations, now) ?? lastEnd(taint, tolerations, now) }))
    .filter(({ dueAt }) => dueAt < Number.POSITIVE_INFINITY)
    .toSorted((a, b) => a.dueAt - b.dueAt)[0];
}

/** Returns how many PreferNoSchedule taints are not tolerated: the fewer, the better the cluster. */
export function untoleratedPreferences(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  now: Instant,
): number {
  return taints.filter(
    (taint) => taint.effect === 'PreferNoSchedule' && endOfToleration(taint, tolerations, now) === undefined,
  ).length;
}

function bears({ effect }: Taint, { isPresent }: Presence): boolean {
  return effect === 'NoExecute' || (effect === 'NoSchedule' && !isPresent);
}

/** Returns the end of the first toleration that fits and is not over, Infinity for one without end; nothing when there is none. */
function endOfToleration(taint: Taint, tolerations: readonly Toleration[], now: Instant): Instant | undefined {
  return endsOfTolerations(taint, tolerations, now).find((end) => end > now);
}

/** Returns since when no toleration holds any more: since the last one ended, or since the taint is there. */
function lastEnd(taint: Taint, tolerations: readonly Toleration[], now: Instant): Instant {
  return Math.max(taint.since ?? now, ...endsOfTolerations(taint, tolerations, now));
}

function endsOfTolerations(taint: Taint, tolerations: readonly Toleration[], now: Instant): readonly Instant[] {
  return tolerations
    .filter((toleration) => fitsTaint(toleration, taint))
    .map(({ tolerationSeconds: seconds }) =>
      seconds === undefined ? Number.POSITIVE_INFINITY : (taint.since ?? now) + seconds * 1000,
    );
}

/** Returns a taint as kubectl writes it: `dedicated=batch:NoSchedule`. */
export function formatTaint(taint: Taint): string {
  return `${tolerationFor(taint)}:${taint.effect}`;
}

/** Returns the toleration that would help against a taint, in short: `dedicated=batch`, or `dedicated` without a value. */
export function tolerationFor({ key, value = '' }: Taint): string {
  return value === '' ? key : `${key}=${value}`;
}
