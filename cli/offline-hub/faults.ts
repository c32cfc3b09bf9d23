import { type Random, seededRandom } from './random.ts';

/** What goes wrong, each with a probability from 0 to 1 or switched on. */
export interface Faults {
  /** A watch event does not reach the composite it should trigger. */
  readonly dropEvents?: number;
  /** Composed resources are applied in another order each time, as core does. */
  readonly shuffleApplyOrder?: boolean;
  /** A function is called twice with the same request and must answer the same. */
  readonly repeatCalls?: number;
  /** A pass sees composed and required resources as they were up to two seconds ago: a cache that lags. */
  readonly staleCalls?: number;
  /** A pass starts without the requirements of the last one, as after a restart of core. */
  readonly coldSeeds?: number;
  /** The provider watches no member cluster, whatever its Objects ask for. */
  readonly pollOnly?: boolean;
}

/** The longest lag of a stale cache. */
const maxLagMs = 2_000;

/** Decides, the same in every run with the same seed, what goes wrong. */
export class FaultInjector {
  readonly #faults: Faults;
  readonly #random: Random;

  constructor(faults: Faults, seed: number) {
    this.#faults = faults;
    this.#random = seededRandom(seed);
  }

  get isPollOnly(): boolean {
    return this.#faults.pollOnly ?? false;
  }

  get remembersPast(): boolean {
    return (this.#faults.staleCalls ?? 0) > 0;
  }

  dropsEvent(): boolean {
    return this.#random.chance(this.#faults.dropEvents ?? 0);
  }

  repeatsCall(): boolean {
    return this.#random.chance(this.#faults.repeatCalls ?? 0);
  }

  startsCold(): boolean {
    return this.#random.chance(this.#faults.coldSeeds ?? 0);
  }

  /** Returns by how many milliseconds the cache of the next pass lags; usually 0. */
  lagMs(): number {
    return this.#random.chance(this.#faults.staleCalls ?? 0) ? 1 + this.#random.below(maxLagMs) : 0;
  }

  /** Returns a list in the order in which to work on it. */
  order<T>(list: readonly T[]): readonly T[] {
    return this.#faults.shuffleApplyOrder === true ? this.#random.shuffle(list) : list;
  }
}
