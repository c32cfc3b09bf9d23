import type { Claimant } from './seat-queue.ts';

/**
 * Gives all parties at once the seats whose claims are so good that they are surely among the next `count`, and returns
 * how many it gave: all but at most one for each party. Parties without votes get none here.
 *
 * With V votes in all, the seats with a claim of at least V/x are the first to be handed out, whatever the ties, so
 * that they are certain when they are not more than `count`. The largest such x is found by halving.
 */
export function giveCertainSeats(count: number, claimants: readonly Claimant[]): number {
  const voted = claimants.filter(({ votes }) => votes > 0);
  const allVotes = voted.reduce((sum, { votes }) => sum + BigInt(votes), 0n);
  const seatsAt = ({ votes, seats, limit }: Claimant, x: bigint): number => {
    const earned = (BigInt(votes) * x + allVotes) / (2n * allVotes);
    const most = Math.max(seats, Math.min(limit, seats + count + 1));
    return earned >= BigInt(most) ? most : Math.max(seats, Number(earned));
  };
  const givenAt = (x: bigint) => voted.reduce((sum, claimant) => sum + seatsAt(claimant, x) - claimant.seats, 0);
  const open = voted.reduce((sum, { seats, limit }) => sum + Math.max(0, limit - seats), 0);
  if (open <= count) {
    for (const claimant of voted) claimant.seats = Math.max(claimant.seats, claimant.limit);
    return open;
  }
  let tooFar = 1n;
  while (givenAt(tooFar) <= count) tooFar *= 2n;
  let certain = tooFar / 2n;
  while (tooFar - certain > 1n) {
    const middle = (certain + tooFar) / 2n;
    if (givenAt(middle) <= count) certain = middle;
    else tooFar = middle;
  }
  const given = givenAt(certain);
  const seats = voted.map((claimant) => seatsAt(claimant, certain));
  voted.forEach((claimant, index) => {
    claimant.seats = seats[index] ?? claimant.seats;
  });
  return given;
}
