/** A stream of decisions that is the same in every run with the same seed. */
export interface Random {
  /** Returns true with the given probability; 0 and 1 draw nothing from the stream. */
  chance(probability: number): boolean;
  /** Returns a whole number from 0 up to, but without, `limit`. */
  below(limit: number): number;
  /** Returns the list in another order. */
  shuffle<T>(list: readonly T[]): T[];
}

/** Returns a stream of decisions for a seed (the generator is Mulberry32: 32 bits of state, good enough to vary a test). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    chance: (probability) => probability > 0 && (probability >= 1 || next() < probability),
    below,
    shuffle<T>(list: readonly T[]): T[] {
      const rest = [...list];
      const shuffled: T[] = [];
      while (rest.length > 0) shuffled.push(...rest.splice(below(rest.length), 1));
      return shuffled;
    },
  };
}
