import type { Candidate } from '../clusters/cluster-facts.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { failoverDueAt } from './failover-due.ts';
import type { Placement } from './placement.ts';
import type { PlacementPolicy } from './policy.ts';
import type { Standing } from './standing.ts';

/**
 * Returns a standing in which ill health is no reason to give a cluster's place to another one while its ClusterSet holds
 * fail-over back, nor before the time of fail-over has passed since that ended.
 */
export function heedMassFailure(
  standing: Standing,
  candidate: Candidate | undefined,
  { failoverAfterMs, evictionDeadlineMs }: Pick<PlacementPolicy, 'failoverAfterMs' | 'evictionDeadlineMs'>,
  now: Instant,
): Standing {
  const { failover } = candidate ?? {};
  if (candidate === undefined || failover === undefined || failoverAfterMs === undefined) return standing;
  if (standing.kind !== 'Replaceable') return standing;
  const dueAt = failoverDueAt(candidate, failoverAfterMs);
  if (dueAt === undefined) return standing;
  if (dueAt <= now) return { ...standing, deadline: Math.max(standing.deadline, dueAt + evictionDeadlineMs) };
  const { heldBecause, countsFrom = now } = failover;
  if (heldBecause !== undefined) return { kind: 'Holds', note: `${standing.reason}; ${heldBecause}` };
  const note = `${standing.reason}; its ClusterSet had a mass failure until ${formatTimestamp(countsFrom)}`;
  return { kind: 'Holds', note, until: dueAt };
}

/** Returns a summary that says why clusters that run the composite do not fail over, where a mass failure holds it back. */
export function withMassFailures(
  { reason, message }: Placement['summary'],
  chosen: readonly Candidate[],
  runsIt: (cluster: string) => boolean,
): Placement['summary'] {
  const held = chosen.filter(({ facts }) => runsIt(facts.name)).flatMap(({ failover }) => failover?.heldBecause ?? []);
  return { reason, message: [message, ...new Set(held)].join('; ') };
}
