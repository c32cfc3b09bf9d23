import type { FunctionClient } from '../../functions/runtime/client.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { DependencyTracker } from './dependency-tracker.ts';
import type { FaultInjector } from './faults.ts';
import type { HubAdmission } from './hub-admission.ts';
import type { ObjectReader } from './object-reader.ts';
import type { ObjectRef } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import type { Notice } from './pipeline.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What the simulated Crossplane core works with. */
export interface CoreParts {
  readonly store: ObjectStore;
  readonly admission: HubAdmission;
  readonly clock: VirtualClock;
  readonly tracker: DependencyTracker;
  /** Absent: every event passes. */
  readonly breaker: CircuitBreaker | undefined;
  readonly functions: ReadonlyMap<string, FunctionClient>;
  readonly faults: FaultInjector;
  /** Returns what the next pass sees of composed and required resources, and by how much that lags behind. */
  view(): { readonly reader: ObjectReader; readonly lagMs: number };
  /** Returns the tag of the next call. */
  tag(): string;
  /** Publishes an event about an object. */
  tell(ref: ObjectRef, notice: Notice): void;
}

/** Why a pass ended early, in core's words. A conflict is retried without a word, as core does. */
export class ComposeFailure extends Error {
  override readonly name = 'ComposeFailure';
  readonly isConflict: boolean;

  constructor(message: string, isConflict = false) {
    super(message);
    this.isConflict = isConflict;
  }
}
