import type { TieOrder } from './tie-order.ts';
import { type Party, webster } from './webster.ts';

/** A party that is to get some seats before the votes count. */
export interface FlooredParty extends Party {
  /** Seats that it gets first, not more than its limit. */
  readonly floor: number;
}

/**
 * Returns the seats of each party after `count` were handed out from nothing: first the floors, evenly while they
 * cannot all be met, then the rest by Webster, the floors counting as seats held. One seat more never takes one from
 * anybody.
 */
export function spreadSeats(
  count: number,
  parties: readonly FlooredParty[],
  ties: TieOrder | undefined,
): ReadonlyMap<string, number> {
  const floors = parties.reduce((sum, { floor }) => sum + floor, 0);
  if (floors === 0) return webster(count, parties, ties);
  const first = webster(
    count,
    parties.map(({ name, floor }) => ({ name, votes: 1, limit: floor })),
    ties,
  );
  const rest = parties.map((party) => ({ ...party, seats: first.get(party.name) ?? 0 }));
  return webster(Math.max(0, count - floors), rest, ties);
}
