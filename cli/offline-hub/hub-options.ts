import type { KubeObject } from '../../functions/kube/object.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import type { BreakerSettings } from './circuit-breaker.ts';
import type { Faults } from './faults.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What an offline hub starts with. */
export interface HubOptions {
  /** The running functions by name: where they listen, or a connection to them. */
  readonly functions: { readonly [name: string]: string | FunctionClient };
  /** CompositeResourceDefinitions. */
  readonly xrds: readonly KubeObject[];
  readonly compositions: readonly KubeObject[];
  /** Share it with functions that take their time from outside. */
  readonly clock?: VirtualClock;
  /** Decides all that is left to chance. */
  readonly seed?: number;
  readonly faults?: Faults;
  /** Absent: no watch event is ever lost to the circuit breaker. */
  readonly breaker?: BreakerSettings;
  /** Kinds that are not installed on the hub, as `apiVersion/Kind`. */
  readonly missingKinds?: readonly string[];
}
