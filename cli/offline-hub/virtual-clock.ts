import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';

/** The time of a hub: it stands still until somebody moves it. */
export class VirtualClock {
  #milliseconds: number;

  constructor(start: Instant = Date.UTC(2026, 0, 1)) {
    this.#milliseconds = start;
  }

  /** Milliseconds since the epoch. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** Returns the current whole second, as functions are given it. */
  now(): Instant {
    return Math.floor(this.#milliseconds / 1000) * 1000;
  }

  /** Returns the current whole second as Kubernetes writes it (RFC 3339, UTC). */
  timestamp(): string {
    return formatTimestamp(this.#milliseconds);
  }

  /** Moves to a later time; an earlier one changes nothing. */
  advanceTo(milliseconds: number): void {
    this.#milliseconds = Math.max(this.#milliseconds, milliseconds);
  }
}
