import type { Instant } from '../../runtime/composition-function.ts';

/** After so long a figure that has changed since a promise is the cluster's last word, whatever was ready when. */
export const settledAfterMs = 10 * 60_000;

/** What tells whether a report contains what was promised. */
export interface ReportTimes {
  /** When it was promised. */
  readonly promisedAt: Instant;
  /** Since when the replicas are ready there; absent while they are not. */
  readonly readySince?: Instant;
  /** When the figure was last seen to have changed, or was observed; absent when it never changed. */
  readonly reportedAt?: Instant;
}

/**
 * Tells whether the report of a cluster contains what it was promised: it was made after the replicas were ready, or it has
 * changed since the promise and then stayed as it is for ten minutes, because a scheduler takes room before pods are ready.
 * A figure that never changes contains nothing.
 */
export function isReported({ promisedAt, readySince, reportedAt }: ReportTimes, now: Instant): boolean {
  if (readySince === undefined || reportedAt === undefined || reportedAt <= promisedAt) return false;
  return reportedAt > readySince || now >= settlesAt(promisedAt, readySince);
}

/** Returns when time alone makes a report contain what was promised; nothing when it takes a report or replicas that are ready. */
export function reportSettlesAt({ promisedAt, readySince, reportedAt }: ReportTimes): Instant | undefined {
  if (readySince === undefined || reportedAt === undefined || reportedAt <= promisedAt) return undefined;
  return reportedAt > readySince ? undefined : settlesAt(promisedAt, readySince);
}

function settlesAt(promisedAt: Instant, readySince: Instant): Instant {
  return Math.max(promisedAt, readySince) + settledAfterMs;
}
