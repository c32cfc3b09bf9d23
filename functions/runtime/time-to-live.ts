import { conditionsOf, findCondition, type KubeObject } from '../kube/object.ts';
import type { Instant } from './composition-function.ts';

/** Seconds until the next look while anything converges: at a composite of Objects, and at one that composes no more than slices. */
const converging = 10;
const convergingSlices = 5;
/** Seconds until the next look: soon after something happened, while core may be dropping events, while it still says so, and at the most. */
const restless = 10;
const unresponsive = 30;
const doubtful = 60;
const atMost = 3600;

/** An event is dropped only within 30 s of one that got through; transitions are told in whole seconds, and what happens after them is told a little later. */
const restlessMs = 90_000;
/** The cooldown of core's circuit breaker and a minute. */
const cooldownMs = 6 * 60_000;

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
 * composite's own edit among them. Even an open breaker lets an event through when it let none through for 30 s, so short
 * looks end soon after the last transition; while core says that it drops events (Responsive=False) they get no longer than
 * an edit may take, for events that leave no trace in conditions may use the half minute up. Core takes that word back only
 * with the next event, long after all pass again: an old word counts less.
 */
export function timeToLive({ now, isConverging, composesSlices, objects, nextGate }: TimeFacts): number {
  const gate = nextGate === undefined ? atMost : Math.min(atMost, Math.max(1, Math.ceil((nextGate - now) / 1000)));
  if (isConverging) return Math.min(gate, composesSlices === true ? convergingSlices : converging);
  return [...objects].reduce((soonest, object) => Math.min(soonest, restOf(object, now)), gate);
}

/** Returns for how many seconds what happened to one object lets its composite rest. */
function restOf(object: KubeObject, now: Instant): number {
  if (now - youngestTransition(object) < restlessMs) return restless;
  const responsive = findCondition(object, 'Responsive');
  if (responsive?.status !== 'False') return atMost;
  return now - Date.parse(responsive.lastTransitionTime ?? '') < cooldownMs ? unresponsive : doubtful;
}

function youngestTransition(object: KubeObject): Instant {
  const times = [object.metadata.creationTimestamp, ...conditionsOf(object).map((each) => each.lastTransitionTime)];
  const known = times.map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time));
  return Math.max(...known, Number.NEGATIVE_INFINITY);
}
