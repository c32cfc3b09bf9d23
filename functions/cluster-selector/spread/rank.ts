/** What clusters are ranked by, one after the other; the greater, the better. */
export interface Rank {
  readonly spread: number;
  readonly affinity: number;
  /** 1 when the composite was placed there by an earlier policy, else 0. */
  readonly present: number;
}

/** Negative when the first goes before the second. */
export type Order<T> = (a: T, b: T) => number;

/** Returns a negative number when the first rank is better: by spread, then affinity, then presence. */
export function compareRanks(a: Rank, b: Rank): number {
  return b.spread - a.spread || b.affinity - a.affinity || b.present - a.present;
}

/** Returns entries best first, equal ones in the order given. */
export function rankBestFirst<T>(entries: readonly T[], rankOf: (entry: T) => Rank, tie: Order<T>): readonly T[] {
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .sort((a, b) => compareRanks(a.rank, b.rank) || tie(a.entry, b.entry))
    .map(({ entry }) => entry);
}

/** Returns the first `count` of entries that stand best first, and the rest. */
export function pickTop<T>(
  ranked: readonly T[],
  count: number,
): { readonly picked: readonly T[]; readonly rest: readonly T[] } {
  return { picked: ranked.slice(0, count), rest: ranked.slice(count) };
}

/** Returns how many to pick: as many as are wanted, allowed at once and there. */
export function numberToPick(wanted: number, limit: number, candidates: number): number {
  return Math.min(wanted, limit, candidates);
}
