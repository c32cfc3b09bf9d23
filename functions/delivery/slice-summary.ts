import type { AssignmentSliceStatus, AssignmentStatus } from '../generated/types.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { patienceMs } from '../slices/placed-assignment.ts';

/** Returns how many clusters a slice has, how many are healthy and how many are leaving. */
export function summariseClusters(report: readonly AssignmentStatus[]): NonNullable<AssignmentSliceStatus['clusters']> {
  const leaving = report.filter(({ phase }) => phase === 'Leaving' || phase === 'Left').length;
  return {
    desired: report.length - leaving,
    healthy: report.filter(({ phase }) => phase === 'Healthy').length,
    leaving,
  };
}

/** Tells whether any cluster is on its way to where it should be; one that has not moved for ten minutes is not. */
export function isStillMoving(report: readonly AssignmentStatus[], now: Instant): boolean {
  return report.some(
    ({ phase, since }) => phase !== 'Healthy' && phase !== 'Left' && now - Date.parse(since) < patienceMs,
  );
}
