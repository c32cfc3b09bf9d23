import type { TieOrder } from './tie-order.ts';

/** A party while seats are handed out. */
export interface Claimant {
  readonly name: string;
  readonly votes: number;
  readonly limit: number;
  seats: number;
}

/** Parties in the order of their claim to the next seat: the greatest votes/(2*seats+1), then the tie order. */
export class SeatQueue {
  readonly #heap: Claimant[];
  readonly #ties: TieOrder;

  constructor(claimants: readonly Claimant[], ties: TieOrder) {
    this.#ties = ties;
    this.#heap = claimants.filter(({ seats, limit }) => seats < limit);
    for (let index = this.#heap.length >> 1; index >= 0; index--) this.#sink(index);
  }

  /** Gives one seat to the party with the best claim; false when every party is at its limit. */
  giveSeat(): boolean {
    const best = this.#heap[0];
    if (best === undefined) return false;
    best.seats++;
    if (best.seats >= best.limit) this.#removeBest();
    this.#sink(0);
    return true;
  }

  #removeBest(): void {
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#heap[0] = last;
  }

  #sink(from: number): void {
    const moving = this.#heap[from];
    if (moving === undefined) return;
    let index = from;
    for (;;) {
      const child = this.#betterChild(index);
      const candidate = this.#heap[child];
      if (candidate === undefined || this.#compare(candidate, moving) >= 0) break;
      this.#heap[index] = candidate;
      index = child;
    }
    this.#heap[index] = moving;
  }

  #betterChild(index: number): number {
    const left = this.#heap[2 * index + 1];
    const right = this.#heap[2 * index + 2];
    const isRight = left !== undefined && right !== undefined && this.#compare(right, left) < 0;
    return 2 * index + (isRight ? 2 : 1);
  }

  #compare(a: Claimant, b: Claimant): number {
    return compareProducts(b.votes, 2 * a.seats + 1, a.votes, 2 * b.seats + 1) || this.#ties(a, b);
  }
}

/** Compares a*b with c*d exactly: quotients compared as products have no rounding, so that a tie is a tie. */
function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return left - right;
  const difference = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
  return difference < 0n ? -1 : Number(difference > 0n);
}
