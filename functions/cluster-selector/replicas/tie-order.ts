/** What a party holds when it ties with another. */
export interface Holding {
  readonly name: string;
  readonly seats: number;
}

/** An order of parties that have the same claim to a seat: negative when the first goes before the second. */
export type TieOrder = (a: Holding, b: Holding) => number;

/** The order by which ties are broken unless another is asked for: fewer seats first, then the name ascending. */
export const fewerSeatsThenName: TieOrder = fewerSeatsFirst(byName);

/** Returns a tie order of which fewer seats are the first criterion and the given order is the second. */
export function fewerSeatsFirst(then: TieOrder): TieOrder {
  return (a, b) => a.seats - b.seats || then(a, b);
}

/** Orders parties by their names, code unit by code unit. */
export function byName({ name: a }: { readonly name: string }, { name: b }: { readonly name: string }): number {
  return a < b ? -1 : Number(a > b);
}

/** What decides between clusters with the same claim to a replica, beside how many each has. */
type Tied = { readonly cluster: string; readonly held?: number; readonly rank?: number };

/**
 * Returns the tie order of some clusters: fewer replicas first, then one that holds more than it has been given back so far,
 * so that an equal division stays as it stands whatever order made it, then the smaller rank, then the name.
 */
export function standingFirst(targets: readonly Tied[]): TieOrder {
  const held = new Map(targets.map((target) => [target.cluster, target.held ?? 0]));
  const byRank = smallerRankFirst(targets);
  const isOwed = ({ name, seats }: Holding) => (held.get(name) ?? 0) > seats;
  return fewerSeatsFirst((a, b) => Number(isOwed(b)) - Number(isOwed(a)) || byRank(a, b));
}

/** Returns the order of clusters by their ranks, then by their names. */
export function smallerRankFirst(
  targets: readonly Tied[],
): (a: Pick<Holding, 'name'>, b: Pick<Holding, 'name'>) => number {
  const ranks = new Map(targets.map(({ cluster, rank = 0 }) => [cluster, rank]));
  return (a, b) => (ranks.get(a.name) ?? 0) - (ranks.get(b.name) ?? 0) || byName(a, b);
}
