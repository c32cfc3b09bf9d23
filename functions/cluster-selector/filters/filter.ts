import type { Candidate } from '../../clusters/cluster-facts.ts';
import type { Rejection } from '../../clusters/cluster-selection.ts';
import type { Instant } from '../../runtime/composition-function.ts';

/** Why work that runs on a cluster has to leave it. */
export type Departure = Rejection & {
  /** From when on; until then it stays. */
  readonly dueAt: Instant;
  /** Whether it waits for nobody to take its place: it is not ready itself, and another was there first. */
  readonly givesWay?: true;
};

/** A named rule about clusters; it knows the policy and sees one cluster at a time. */
export interface Filter {
  readonly name: string;
  /** Returns why a cluster gets no new work. */
  newWork(candidate: Candidate): Rejection | undefined;
  /** Returns why work that runs there has to leave; a filter without this rule is about new work only. */
  running?(candidate: Candidate): Departure | undefined;
}

/** Returns a plain "no". */
export function mismatch(reason: string, suggestion?: string): Rejection {
  return suggestion === undefined ? { because: 'mismatch', reason } : { because: 'mismatch', reason, suggestion };
}
