import { spreadSeats } from '../cluster-selector/replicas/spread-seats.ts';
import type { Shared } from '../template/replica-holes.ts';

/** Replicas of one component by cluster. */
export type Division = ReadonlyMap<string, number>;

/**
 * Returns each cluster's share of a number in proportion to its replicas, by highest averages as replicas are divided
 * themselves: the shares are the number in sum. With at least one for each, more where there are more clusters than that,
 * for what Kubernetes knows no 0 for, or what would come to a standstill with it; with all but one, no cluster gets as many as
 * it has replicas while the others can take them.
 */
export function divideShare({ total, limit }: Shared, division: Division): Division {
  const running = [...division].filter(([, replicas]) => replicas > 0);
  const spare = running.reduce((sum, [, replicas]) => sum + replicas - 1, 0);
  const parties = running.map(([name, votes]) => ({
    name,
    votes,
    floor: limit === 'AtLeastOne' ? 1 : 0,
    ...(limit === 'ButOne' && total <= spare && { limit: votes - 1 }),
  }));
  const seats = spreadSeats(total, parties, undefined);
  const least = limit === 'AtLeastOne' ? 1 : 0;
  return new Map([...division.keys()].map((name) => [name, Math.max(least, seats.get(name) ?? 0)]));
}

/**
 * Returns the share of a cluster that has other replicas than it is to have in the end: as much of the number as they are of
 * all that are wanted, rounded up, for it gives nothing up that others do not have yet.
 */
export function shareMeanwhile({ total, limit }: Shared, division: Division, replicas: number): number {
  const all = [...division.values()].reduce((sum, each) => sum + each, 0);
  const share = all === 0 ? 0 : Math.ceil((total * replicas) / all);
  if (limit === 'ButOne') return Math.min(share, Math.max(0, replicas - 1));
  return limit === 'AtLeastOne' ? Math.max(1, share) : share;
}
