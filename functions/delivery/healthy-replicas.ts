import type { Assignment, AssignmentStatus } from '../generated/types.ts';

/** What the replicas that have been healthy are told from. */
export type ReplicaReports = {
  readonly assignments: readonly Assignment[];
  /** The last report. */
  readonly reported: readonly AssignmentStatus[];
};

/**
 * Returns the replicas by component with which a cluster has been healthy, as far as it still has them, for its report: all
 * of them while it is healthy, else what the last report says of them. Replicas that were added count once they are healthy,
 * and trouble of another kind takes nothing back. Of a report that does not speak of them yet, all count.
 */
export function healthyReplicas(
  { cluster, phase }: Pick<AssignmentStatus, 'cluster' | 'phase'>,
  { assignments, reported }: ReplicaReports,
): Pick<AssignmentStatus, 'healthyReplicas'> {
  const { replicas, state } = assignments.find((each) => each.cluster === cluster) ?? {};
  if (replicas === undefined || state !== 'Assigned') return {};
  if (phase === 'Healthy') return { healthyReplicas: replicas };
  const before = reported.find((each) => each.cluster === cluster);
  const hasGone = before === undefined || before.phase === 'Leaving' || before.phase === 'Left';
  const known = hasGone ? {} : (before.healthyReplicas ?? replicas);
  return {
    healthyReplicas: Object.fromEntries(
      Object.entries(replicas).map(([component, count]) => [component, Math.min(count, known[component] ?? 0)]),
    ),
  };
}
