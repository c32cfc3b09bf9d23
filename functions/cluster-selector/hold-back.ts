import type { Instant } from '../runtime/composition-function.ts';
import type { PlacementPolicy } from './policy.ts';
import type { Surveyed } from './survey.ts';

/** Which clusters leave now, and which wait for the ones that take their place. */
export interface Departures {
  readonly leaving: ReadonlySet<Surveyed>;
  readonly waiting: ReadonlySet<Surveyed>;
}

/**
 * Returns which of the clusters that lost their place leave now: make before break, one for each chosen cluster that has got
 * healthy, and as many at once as moves are allowed. A chosen cluster that is unhealthy itself is not waited for, nor is
 * anything beyond a deadline; what somebody released leaves at once.
 */
export function holdBack(
  fleet: readonly Surveyed[],
  chosen: ReadonlySet<Surveyed>,
  policy: PlacementPolicy,
  now: Instant,
): Departures {
  const outgoing = fleet.filter((each) => each.standing !== undefined && !chosen.has(each));
  if (!mayBeReplaced(policy)) return { leaving: new Set(outgoing), waiting: new Set() };
  const { maxClusters, maxConcurrentMoves } = policy;
  const patient = outgoing.filter((each) => deadlineOf(each) > now).sort(byDeadline);
  const expected = [...chosen].filter(
    ({ isHealthyThere, candidate }) => !isHealthyThere && candidate?.isHealthy === true,
  );
  const released = patient.slice(0, Math.max(0, patient.length - expected.length));
  const moves = released.filter(({ standing }) => standing?.kind !== 'Holds');
  const onTheWay = fleet.filter(({ isLeaving }) => isLeaving).length;
  // Where fewer clusters would be left than wanted, all of them are told at once: then the removal guard decides.
  const isReplaced = maxClusters !== undefined && chosen.size >= maxClusters;
  const later = isReplaced ? moves.slice(Math.max(0, maxConcurrentMoves - onTheWay)) : [];
  const waiting = new Set([...patient.slice(released.length), ...later]);
  return { leaving: new Set(outgoing.filter((each) => !waiting.has(each))), waiting };
}

/** Whether clusters are exchanged for one another; where all that match are taken, one that leaves has no successor. */
function mayBeReplaced({ maxClusters, groups }: PlacementPolicy): boolean {
  return maxClusters !== undefined || groups.length > 0;
}

/** Returns until when a cluster that lost its place may wait for another to take it. */
export function deadlineOf({ standing }: Surveyed): Instant {
  if (standing?.kind === 'Due' || standing?.kind === 'Replaceable') return standing.deadline;
  return standing?.kind === 'Released' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function byDeadline(a: Surveyed, b: Surveyed): number {
  const [first, second] = [deadlineOf(a), deadlineOf(b)];
  return first === second ? a.tie - b.tie : first - second;
}
