import { isDone, type PlacedAssignment } from '../../slices/placed-assignment.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import type { GateInput, Moves } from './moves.ts';
import type { Consent } from './read-consent.ts';

/** Which clusters may start to leave, which are held, and why the rest stays for now. */
export type Departures = Pick<Moves, 'leave' | 'held' | 'waiting' | 'usedApprovals'>;

/**
 * Returns which clusters may leave: as long as no more want to than `maxRemovals` or than somebody approved of by name; one
 * more, and none that is not already leaving may go. A mistake that would empty the fleet then empties nothing, however
 * often it is evaluated. The last healthy cluster stays until one that is to keep the composite is healthy, and one that shares
 * replicas until those that take its own are.
 */
export function leaveClusters(
  { current, unwanted, paused, kept }: GateInput,
  consent: Consent,
  policy: RolloutPolicy,
  obstacle: string | undefined,
): Departures {
  const wanted = current
    .filter(
      ({ assignment: { state, cluster } }) => state === 'Assigned' && unwanted.has(cluster) && !paused.has(cluster),
    )
    .map(({ assignment }) => assignment.cluster)
    .sort();
  if (obstacle !== undefined) return { leave: [], held: [], usedApprovals: [], waiting: waitingFor(wanted, obstacle) };
  const limit = policy.maxRemovals(current.length);
  const leaving = current.filter(({ assignment }) => assignment.state === 'Leaving').length;
  const approval =
    wanted.length > limit
      ? consent.removals.find(
          ({ clusters }) => clusters.size === wanted.length && wanted.every((name) => clusters.has(name)),
        )
      : undefined;
  if (wanted.length > limit && approval === undefined)
    return { leave: [], held: wanted, usedApprovals: [], waiting: new Map() };
  const lastHealthy = lastHealthyClusters(current, unwanted);
  const mustStay = (cluster: string) => kept?.has(cluster) === true || lastHealthy.has(cluster);
  const free = wanted.filter((cluster) => kept?.has(cluster) !== true);
  // An approval is used once and names exactly who leaves, so that it waits for the last of them.
  if (approval !== undefined && wanted.some(mustStay)) {
    const together = 'leaves together with those that were approved of with it, when all of them may';
    const waiting = new Map([...waitingFor(free, together), ...waitingFor([...lastHealthy], lastOne)]);
    return { leave: [], held: [], usedApprovals: [], waiting };
  }
  const allowed = approval === undefined ? free.slice(0, Math.max(0, limit - leaving)) : free;
  return {
    leave: allowed.filter((cluster) => !lastHealthy.has(cluster)),
    held: [],
    usedApprovals: approval === undefined ? [] : [approval.uid],
    waiting: waitingFor(
      allowed.filter((cluster) => lastHealthy.has(cluster)),
      lastOne,
    ),
  };
}

const lastOne = 'should leave, but stays until a cluster that is to keep it is healthy';

function waitingFor(clusters: readonly string[], reason: string): ReadonlyMap<string, string> {
  return new Map(clusters.map((cluster) => [cluster, reason]));
}

/** Unwanted clusters that are healthy while none that stays is: without them the composite would run nowhere. */
function lastHealthyClusters(
  current: readonly PlacedAssignment[],
  unwanted: GateInput['unwanted'],
): ReadonlySet<string> {
  const healthy = current.filter(isDone).map(({ assignment }) => assignment.cluster);
  return healthy.every((cluster) => unwanted.has(cluster)) ? new Set(healthy) : new Set();
}
