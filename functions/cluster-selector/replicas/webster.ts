import { giveCertainSeats } from './certain-seats.ts';
import { checkWhole } from './check-whole.ts';
import { type Claimant, SeatQueue } from './seat-queue.ts';
import { fewerSeatsThenName, type TieOrder } from './tie-order.ts';

/** Who takes part in an apportionment. All numbers are whole and not negative. */
export interface Party {
  readonly name: string;
  readonly votes: number;
  /** Seats it holds already, which count; 0 when absent. */
  readonly seats?: number;
  /** The most seats it may hold; no limit when absent. What it holds already it keeps in any case. */
  readonly limit?: number;
}

/** From so many seats a party on, one pass over all parties is quicker than seat by seat. */
const MANY_SEATS = 16;

/**
 * Returns the seats that each party holds after `count` more were handed out one by one, each to the party with the
 * greatest votes/(2*seats+1): highest averages by Webster and Sainte-Laguë, in exact arithmetic. Fewer than `count`
 * are handed out only when every party is at its limit. One seat more never takes one from anybody.
 */
export function webster(
  count: number,
  parties: readonly Party[],
  ties: TieOrder = fewerSeatsThenName,
): ReadonlyMap<string, number> {
  checkWhole(count, 'the number of seats');
  const claimants = parties.map(claimantOf);
  let left = count;
  if (left > MANY_SEATS * claimants.length) left -= giveCertainSeats(left, claimants);
  const queue = new SeatQueue(claimants, ties);
  while (left > 0 && queue.giveSeat()) left--;
  return new Map(claimants.map(({ name, seats }) => [name, seats]));
}

function claimantOf({ name, votes, seats = 0, limit = Number.POSITIVE_INFINITY }: Party): Claimant {
  checkWhole(votes, `the votes of ${name}`);
  checkWhole(seats, `the seats of ${name}`);
  if (limit !== Number.POSITIVE_INFINITY) checkWhole(limit, `the limit of ${name}`);
  return { name, votes, seats, limit };
}
