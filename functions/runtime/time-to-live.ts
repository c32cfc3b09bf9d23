import { conditionsOf, findCondition, type KubeObject } from '../kube/object.ts';
import type { Instant } from './composition-function.ts';

/** Seconds until the next look while anything converges: at a composite of Objects, and at one that composes no more than slices. */
const converging = 10;
const convergingSlices = 5;
/** Seconds until the next look: while core may be dropping events, after that while it says so still, and at the most. */
const watchful = 10;
const doubtful = 60;
const atMost = 3600;

/** For how long after the youngest transition events may still be dropped: the breaker's cooldown and a minute. */
const watchfulMs = 6 * 60_000;

/** What the time to the next call depends on. */
export interface TimeFacts {
  readonly now: Instant;
  readonly isConverging: boolean;
  /** A composite of slices is applied again in a few writes, one of Objects in a hundred: it can be looked at more often. */
  readonly composesSlices?: boolean;
  /** The composite and what it composes; their conditions tell when anything last happened. */
  readonly objects: Iterable<KubeObject>;
  /** When the next decision is possible although nothing happens, if that is known. */
  readonly nextGate?: Instant;
}

/**
 * Returns the response's time to live in seconds. It is the only rescue when core's circuit breaker drops events, the
 * composite's own edit among them, so it stays short until six minutes after the last transition. Core takes its word that
 * events are dropped (Responsive=False) back only with the next event, long after they pass again: an old word counts less.
 */
export function timeToLive({ now, isConverging, composesSlices, objects, nextGate }: TimeFacts): number {
  const gate = nextGate === undefined ? atMost : Math.max(1, Math.ceil((nextGate - now) / 1000));
  if (isConverging) return Math.min(gate, composesSlices === true ? convergingSlices : converging);
  let youngest = Number.NEGATIVE_INFINITY;
  let longest = atMost;
  for (const object of objects) {
    if (isUnresponsive(object)) longest = doubtful;
    youngest = Math.max(youngest, youngestTransition(object));
  }
  return Math.min(gate, now - youngest < watchfulMs ? watchful : longest);
}

function isUnresponsive(object: KubeObject): boolean {
  return findCondition(object, 'Responsive')?.status === 'False';
}

function youngestTransition(object: KubeObject): Instant {
  const times = [object.metadata.creationTimestamp, ...conditionsOf(object).map((each) => each.lastTransitionTime)];
  const known = times.map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time));
  return Math.max(...known, Number.NEGATIVE_INFINITY);
}
