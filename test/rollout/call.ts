import type { RolloutPlan } from '../../functions/fan-out/rollout-facts.ts';
import type { AssignmentStatus } from '../../functions/generated/types.ts';
import type { Scenario, SliceState, World } from './world.ts';

/** One call of FanOut: the world before it, the slices as it read them, its answer, and the world after it. */
export interface Call {
  readonly before: World;
  readonly read: readonly SliceState[];
  readonly isOutdated: boolean;
  readonly plan: RolloutPlan;
  readonly after: World;
  readonly scenario: Scenario;
}

/** A cluster as a call read it, judged by plain facts and not by the gate's own words. */
export type Seen = {
  readonly cluster: string;
  readonly revision: string;
  /** Whether a later entry was delivered already: what this one says is not followed. */
  readonly isOvertaken: boolean;
  readonly isLeaving: boolean;
  readonly sequence: number;
  readonly isHealthy: boolean;
  readonly isUnreachable: boolean;
  /** Since when it has been healthy, or on its way. */
  readonly since?: number;
};

/** Returns the clusters that have an entry, or objects without one, in some reading of the slices. */
export function seenClusters(read: readonly SliceState[]): ReadonlyMap<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const { assignments, reported } of read) {
    for (const assignment of assignments) {
      const { cluster, revision, state, sequence = 0 } = assignment;
      const status = reported.find((each) => each.cluster === cluster);
      const isOvertaken = (status?.sequence ?? 0) > sequence;
      const isCurrent = status?.sequence === sequence && status.revision === revision && status.entry !== '';
      const from = isCurrent ? (status.movingSince ?? status.since) : undefined;
      seen.set(cluster, {
        ...{ cluster, revision, sequence, isOvertaken },
        isLeaving: isOvertaken ? isGoing(status) : state === 'Leaving',
        isHealthy: isCurrent && state === 'Assigned' && status.phase === 'Healthy',
        isUnreachable: isCurrent && status.phase === 'Unreachable',
        ...(from !== undefined && { since: Date.parse(from) }),
      });
    }
  }
  for (const { cluster, phase, revision, sequence = 0 } of read.flatMap(({ reported }) => reported)) {
    if (phase !== 'Stray' || seen.has(cluster)) continue;
    seen.set(cluster, {
      ...{ cluster, revision, sequence, isOvertaken: true },
      ...{ isLeaving: false, isHealthy: false, isUnreachable: false },
    });
  }
  return seen;
}

function isGoing(status: AssignmentStatus | undefined): boolean {
  return status?.phase === 'Leaving' || status?.phase === 'Left';
}
