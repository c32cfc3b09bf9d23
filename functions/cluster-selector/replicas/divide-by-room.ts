import type { DivisionPolicy, ReplicaTarget } from './division.ts';
import { fewestThatFit } from './fewest-that-fit.ts';
import { spreadSeats } from './spread-seats.ts';
import { availableOn, heldBy, maxOf, minOf, weighRooms } from './target-bounds.ts';
import { fewerSeatsFirst, smallerRankFirst, type TieOrder } from './tie-order.ts';

/** A target between two states: what it keeps, and what it can take on top. */
interface Share {
  readonly target: ReplicaTarget;
  readonly kept: number;
  /** Replicas it has room for beyond those it keeps. */
  readonly room: number;
  /** Replicas it may take beyond those it keeps. */
  readonly open: number;
}

/**
 * Returns the replicas of the targets that take part under Capacity or Aggregated. Steadily: more replicas than are
 * held are divided by room and added to them, fewer are divided by what is held, and an equal number stays where it is,
 * so that no more moves than the difference, save what the minimum and maximum ask for. Fresh: all are divided by what
 * is available. Under Capacity one replica more never takes one from a cluster; under Aggregated more replicas than are
 * held take none from a cluster.
 */
export function divideByRoom(
  total: number,
  targets: readonly ReplicaTarget[],
  policy: DivisionPolicy,
): ReadonlyMap<string, number> {
  const shares = targets.map((target) => shareOf(target, policy.fresh ? 0 : keptBy(target, policy), policy));
  if (policy.fresh) return grow(total, shares, policy);
  const kept = shares.reduce((sum, share) => sum + share.kept, 0);
  if (kept > total) return shrink(total, shares, policy);
  if (kept < total) return grow(total - kept, shares, policy);
  return new Map(shares.filter((share) => takesPart(share, policy)).map((share) => [share.target.cluster, share.kept]));
}

/** What a target holds within the maximum, and under Capacity the minimum; Aggregated meets it out of what is added. */
function keptBy(target: ReplicaTarget, policy: DivisionPolicy): number {
  const kept = Math.min(heldBy(target), maxOf(policy));
  return policy.strategy === 'Aggregated' ? kept : Math.max(kept, Math.min(minOf(policy), availableOn(target)));
}

function shareOf(target: ReplicaTarget, kept: number, policy: DivisionPolicy): Share {
  const available = availableOn(target);
  return { target, kept, room: available - kept, open: Math.min(available, maxOf(policy)) - kept };
}

/** Tells whether a target takes part even when it gets nothing more: it runs the workload, or is owed a minimum. */
function takesPart({ kept, target }: Share, policy: DivisionPolicy): boolean {
  return kept > 0 || target.held !== undefined || (policy.strategy !== 'Aggregated' && minOf(policy) > 0);
}

/** Divides additional replicas by room, and adds them to what is kept. */
function grow(more: number, shares: readonly Share[], policy: DivisionPolicy): ReadonlyMap<string, number> {
  const openOf = ({ open }: Share) => open;
  const takers = policy.strategy === 'Aggregated' ? fewestThatFit(more, inUseFirst(shares), openOf) : shares;
  const weights = weighRooms(takers.map(({ room }) => room));
  const parties = takers.map(({ target, kept, open }, index) => ({
    name: target.cluster,
    votes: weights[index] ?? 0,
    floor: Math.min(open, Math.max(0, minOf(policy) - kept)),
    limit: open,
  }));
  const added = spreadSeats(more, parties, policy.ties ?? fewerKeptFirst(takers));
  const members = shares.filter(
    (share) => added.has(share.target.cluster) || (!policy.fresh && takesPart(share, policy)),
  );
  return new Map(members.map(({ target, kept }) => [target.cluster, kept + (added.get(target.cluster) ?? 0)]));
}

/** Among clusters with the same claim, the one that keeps fewest, then the one of smaller rank: else replicas added one by one would all go to one. */
function fewerKeptFirst(shares: readonly Share[]): TieOrder {
  const kept = new Map(shares.map((share) => [share.target.cluster, share.kept]));
  const byRank = smallerRankFirst(shares.map(({ target }) => target));
  return fewerSeatsFirst((a, b) => (kept.get(a.name) ?? 0) - (kept.get(b.name) ?? 0) || byRank(a, b));
}

/** Divides fewer replicas than are kept by what is kept: Webster never gives anybody more than that. */
function shrink(total: number, shares: readonly Share[], policy: DivisionPolicy): ReadonlyMap<string, number> {
  const users = shares.filter((share) => takesPart(share, policy));
  const keptOf = ({ kept }: Share) => kept;
  const keepers = policy.strategy === 'Aggregated' ? fewestThatFit(total, mostFirst(users, keptOf), keptOf) : users;
  const parties = keepers.map(({ target, kept }) => ({
    name: target.cluster,
    votes: kept,
    floor: Math.min(kept, minOf(policy)),
  }));
  return spreadSeats(
    total,
    parties,
    policy.ties ?? fewerSeatsFirst(smallerRankFirst(keepers.map(({ target }) => target))),
  );
}

function inUseFirst(shares: readonly Share[]): readonly Share[] {
  const byOpen = mostFirst(shares, ({ open }) => open);
  return [...byOpen.filter(({ kept }) => kept > 0), ...byOpen.filter(({ kept }) => kept === 0)];
}

function mostFirst(shares: readonly Share[], amountOf: (share: Share) => number): readonly Share[] {
  const byRank = smallerRankFirst(shares.map(({ target }) => target));
  return shares.toSorted(
    (a, b) =>
      Number(amountOf(b) > amountOf(a)) - Number(amountOf(b) < amountOf(a)) ||
      byRank({ name: a.target.cluster }, { name: b.target.cluster }),
  );
}
