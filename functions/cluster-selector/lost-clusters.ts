import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { failoverDueAt } from './failover-due.ts';
import type { Present } from './placement.ts';

/** After how long the replicas of a cluster that is lost are run by others, and when it gets them back. */
export interface LossTerms {
  /** How long a cluster is unhealthy before it counts as lost; absent where others never take over. */
  readonly failoverAfterMs?: number;
  /** How long it has been well again before its replicas count there again. */
  readonly failbackAfterMs: number;
}

/** Which of the chosen clusters are lost, as far as their replicas go. */
export interface LostClusters {
  /** What they hold does not count: others run it. */
  readonly replaced: ReadonlySet<string>;
  /** They have been well again for long enough: what they hold counts, and others give up what is too much. */
  readonly returned: ReadonlySet<string>;
  /** When time alone brings one of them back. */
  readonly nextDecisionAt?: Instant;
}

/**
 * Returns which of the chosen clusters are lost. One is from when it has been unhealthy for the time of fail-over until it
 * has been well for that of fail-back; one that is paused or whose fail-over is held back does not begin to be. None begins
 * to be while no other one is well.
 */
export function lostClusters(
  chosen: readonly Candidate[],
  present: readonly Present[],
  { failoverAfterMs, failbackAfterMs }: LossTerms,
  now: Instant,
): LostClusters {
  if (failoverAfterMs === undefined) return { replaced: new Set(), returned: new Set() };
  const held = new Map(present.filter(({ leaving }) => !leaving).map((entry) => [entry.cluster, entry]));
  const replaced = new Set<string>();
  const returned = new Set<string>();
  const times: Instant[] = [];
  const isAnyWell = chosen.some(({ isHealthy, paused }) => isHealthy && paused === undefined);
  for (const candidate of chosen) {
    const { facts, isHealthy, paused, healthChangedAt = Number.NEGATIVE_INFINITY } = candidate;
    const entry = held.get(facts.name);
    if (entry === undefined) continue;
    if (entry.isReplaced === true) {
      const backAt = healthChangedAt + failbackAfterMs;
      if (isHealthy && backAt <= now) returned.add(facts.name);
      else replaced.add(facts.name);
      if (isHealthy && backAt > now) times.push(backAt);
    } else {
      const dueAt = paused === undefined ? failoverDueAt(candidate, failoverAfterMs) : undefined;
      if (isAnyWell && dueAt !== undefined && dueAt <= now) replaced.add(facts.name);
    }
  }
  return { replaced, returned, ...(times.length > 0 && { nextDecisionAt: Math.min(...times) }) };
}
