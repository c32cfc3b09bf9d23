import type { NamespacedName } from '../../functions/clusters/cluster-facts.ts';
import type { GivenApproval } from '../../functions/fan-out/gate/read-consent.ts';
import type { Assignment, AssignmentStatus, Rollout, RolloutRecord } from '../../functions/generated/types.ts';
import type { Labels } from '../../functions/kube/label-requirement.ts';
import type { Revision } from '../../functions/revision/revision-content.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { blankMemory, type Memory } from './oracle-memory.ts';

/** A small fleet, a policy, and how often each kind of trouble may come on one path. */
export interface Scenario {
  readonly name: string;
  readonly clusters: readonly { readonly name: string; readonly labels: Labels; readonly set: string }[];
  readonly rollout: Rollout;
  /** What the composite may be edited to, one after the other or back; the first is what it begins with. */
  readonly contents: readonly string[];
  /** Which clusters placement may choose; the first is what it begins with. */
  readonly placements: readonly (readonly string[])[];
  /** Whether the exploration begins when the first content is healthy everywhere, instead of before there is anything. */
  readonly beginsSettled: boolean;
  readonly budget: Budget;
  /** Replicas of the composite's workload by cluster, where it has one; else nothing of it could fail. */
  readonly replicas?: { readonly [cluster: string]: number };
  /** Clusters for which the content is refused. */
  readonly refused?: readonly string[];
  /** Whether a read may hang for any time, instead of since the last call that changed something. */
  readonly readsHang?: boolean;
  /** Fewer states than this mean that something was not explored. */
  readonly leastStates: number;
}

/** How often something may still happen. */
export type Budget = {
  readonly [kind in 'edits' | 'placements' | 'troubles' | 'outages' | 'cords' | 'approvals' | 'staleReads']: number;
};

/** An AssignmentSlice on the hub: what FanOut has written, and what Delivery has reported. */
export type SliceState = {
  readonly key: string;
  readonly clusterSet: NamespacedName;
  readonly assignments: readonly Assignment[];
  readonly rollout?: RolloutRecord;
  readonly reported: readonly AssignmentStatus[];
  /** The record of the rollout as Delivery repeats it. */
  readonly repeated?: RolloutRecord;
};

/** What a cluster runs because of one slice. */
export type Running = {
  readonly sliceKey: string;
  readonly cluster: string;
  readonly revision: string;
  readonly health: 'Applying' | 'Healthy' | 'Unhealthy';
};

/** Hub, members and people at one moment. */
export interface World {
  readonly now: Instant;
  readonly slices: readonly SliceState[];
  /** The slices as the last call that changed them had read them. */
  readonly outdated: readonly SliceState[];
  /** Whether they stay the outdated ones whatever is written. */
  readonly isHanging: boolean;
  readonly revisions: readonly Revision[];
  readonly running: readonly Running[];
  readonly away: readonly string[];
  /** Clusters on which nothing runs that could fail. */
  readonly idle: readonly string[];
  readonly content: string;
  readonly chosen: readonly string[];
  readonly isCordPulled: boolean;
  readonly approvals: readonly GivenApproval[];
  /** Revisions that were rejected for good: Delivery has repeated it. */
  readonly rejected: readonly string[];
  readonly budget: Budget;
  /** What somebody has written down who watches. */
  readonly memory: Memory;
}

/** Returns the world before the composite is created. */
export function emptyWorld({ contents, placements, budget, replicas = {} }: Scenario): World {
  return {
    ...{ now: Date.UTC(2026, 0, 1), slices: [], outdated: [], isHanging: false, revisions: [], running: [], away: [] },
    ...{ content: contents[0] ?? '', chosen: placements[0] ?? [], isCordPulled: false, approvals: [], rejected: [] },
    idle: Object.keys(replicas).filter((name) => replicas[name] === 0),
    budget,
    memory: blankMemory,
  };
}
