import type { Placement } from '../../functions/cluster-selector/placement.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatProblems } from '../../functions/kube/problem.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { decide } from '../hub-reader/decide.ts';
import type { PipelineStep } from '../offline-hub/pipeline.ts';
import type { ImaginedHub } from './imagined-hub.ts';
import { type HeldRemovals, heldRemovals } from './removal-guard.ts';
import { follow, readdress, slicesOf, type Whereabouts } from './whereabouts.ts';

/** A composite that is placed on clusters, with the step that places it and where it is now. */
export interface PlacedComposite {
  readonly composite: KubeObject;
  readonly step: PipelineStep;
  /** The step that says how fast it may change. */
  readonly fanOut?: PipelineStep;
  readonly start: Whereabouts;
}

/** Where a composite has come in the end. */
export interface Played {
  readonly end: Whereabouts;
  /** Reason and message of the condition `Placed`. */
  readonly summary: Placement['summary'];
  /** Why each cluster was left or joined, by cluster, as it was said when that happened. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Removals that a hub would hold until somebody approves of them; what is told counts on that. */
  readonly held?: HeldRemovals;
}

/** What came of all composites, in their order. */
export interface PlayedOut {
  readonly composites: readonly Played[];
  /** Whether nothing would change any more. */
  readonly isSettled: boolean;
}

/** Most rounds that are played unless told otherwise; what takes longer goes round in circles. */
const manyRounds = 100;

/**
 * Decides the placement of every composite again and again, each time as if all that was decided before had been carried out
 * and had become healthy, until nothing changes. The time stands still, so that only what was changed makes a difference.
 */
export async function playOut(
  hub: ImaginedHub,
  composites: readonly PlacedComposite[],
  now: Instant,
  maxRounds = manyRounds,
): Promise<PlayedOut> {
  const played: Played[] = composites.map(({ start }) => ({ end: start, summary: undecided, reasons: new Map() }));
  for (const { composite, start } of composites) hub.move(composite, start);
  for (let round = 1; round <= maxRounds; round++) {
    let hasChanged = false;
    for (const [index, each] of composites.entries()) {
      const before = played[index];
      if (before === undefined) continue;
      const after = await playOnce(hub, each, before, now);
      played[index] = after;
      if (isSame(before.end, after.end)) continue;
      hasChanged = true;
      hub.move(each.composite, after.end);
    }
    if (!hasChanged) return { composites: played, isSettled: true };
  }
  return { composites: played, isSettled: false };
}

const undecided: Placement['summary'] = { reason: 'Undecided', message: 'not decided yet' };

async function playOnce(
  hub: ImaginedHub,
  { composite, step, fanOut }: PlacedComposite,
  { end, reasons, held }: Played,
  now: Instant,
): Promise<Played> {
  const imagined = hub.imagine(composite);
  const decision = await decide(hub, step, { composite: imagined, resources: slicesOf(end) }, now);
  if (decision.problems !== undefined)
    return { end, reasons, summary: { reason: 'Invalid', message: formatProblems(decision.problems) } };
  const { placement, addresses } = decision.value;
  const before = readdress(end, addresses);
  const next = follow(before, placement);
  const [old, fresh] = [namesOf(before), namesOf(next)];
  const guarded = held ?? (fanOut && heldRemovals(fanOut, imagined, decision.value, old));
  const changed = placement.verdicts.filter(({ cluster }) => old.has(cluster) !== fresh.has(cluster));
  return {
    end: next,
    summary: placement.summary,
    reasons: new Map([...reasons, ...changed.map(({ cluster, reason }) => [cluster, reason] as const)]),
    ...(guarded !== undefined && { held: guarded }),
  };
}

function namesOf({ assigned }: Whereabouts): ReadonlySet<string> {
  return new Set(assigned.map(({ cluster }) => cluster));
}

/** Tells whether a composite is in the same places with the same replicas. */
export function isSame(a: Whereabouts, b: Whereabouts): boolean {
  return canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json);
}
