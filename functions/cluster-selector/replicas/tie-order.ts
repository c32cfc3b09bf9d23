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
