import type { AssignmentSliceStatus, AssignmentStatus } from '../generated/types.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { patienceMs } from '../slices/placed-assignment.ts';
import type { UnhealthyCluster } from '../slices/unhealthy-clusters.ts';

/** Returns how many clusters a slice has, how many are healthy and how many are leaving. */
export function summariseClusters(report: readonly AssignmentStatus[]): NonNullable<AssignmentSliceStatus['clusters']> {
  const leaving = report.filter(({ phase }) => phase === 'Leaving' || phase === 'Left').length;
  return {
    desired: report.length - leaving,
    healthy: report.filter(({ phase }) => phase === 'Healthy').length,
    leaving,
  };
}

/** Tells whether any cluster is on its way to where it should be; one that has not moved for ten minutes is not, nor one that the inventory calls unhealthy. */
export function isStillMoving(
  report: readonly AssignmentStatus[],
  unhealthy: readonly UnhealthyCluster[],
  now: Instant,
): boolean {
  const down = new Set(unhealthy.map(({ cluster }) => cluster));
  return report.some(
    ({ cluster, phase, since }) =>
      phase !== 'Healthy' && phase !== 'Left' && !down.has(cluster) && now - Date.parse(since) < patienceMs,
  );
}
