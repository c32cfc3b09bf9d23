import type { Candidate, ClusterFacts } from '../clusters/cluster-facts.ts';
import type { ClusterFilter } from '../clusters/cluster-selection.ts';
import type { SpreadConstraint } from '../generated/types.ts';
import type { Filter } from './filters/filter.ts';
import type { ReadableSet } from './read-inventory.ts';
import type { Score } from './scores/combine-scores.ts';

/** What a placement is decided from, beside the candidates and what is present. */
export interface PlacementPolicy {
  /** In the order in which a reason is looked for. */
  readonly filters: readonly Filter[];
  /** Says in a few words why a cluster matches. */
  readonly explain: (cluster: ClusterFacts) => string;
  /** How many clusters must be there at least to count as placed, and how many are taken; absent means all that match. */
  readonly minClusters: number;
  readonly maxClusters?: number;
  /** ClusterSets that could be read; a cluster of any other set is kept, for a missing set never means "remove". */
  readonly readableSets: readonly ReadableSet[];
  /** Provider configurations of all clusters that these sets list; one whose name another set gives to another cluster is there all the same. */
  readonly listedConfigs?: ReadonlySet<string>;
  /** Clusters that somebody excluded by name: they leave even if no inventory knows them. */
  readonly excluded: ReadonlySet<string>;
  /** Key of the rendezvous order that breaks ties, so that composites spread over the clusters. Never a uid: the order would differ between hubs. */
  readonly orderKey: string;
  readonly spread: readonly SpreadConstraint[];
  /** In the order in which they are tried; empty when all clusters are equal. */
  readonly groups: readonly ClusterGroup[];
  /** Whether replicas for which a group has no room go to the next one, so that all groups may be in use at once. */
  readonly overflows: boolean;
  /** Scores all candidates at once, because a score is relative to the others. */
  readonly score: (candidates: readonly Candidate[], present: ReadonlySet<string>) => ReadonlyMap<string, Score>;
  /** How long a cluster is unhealthy before it is replaced; absent when that is no reason to leave. */
  readonly failoverAfterMs?: number;
  /** How long a cluster of an earlier group has been fit before it takes over; absent means never. */
  readonly failbackAfterMs?: number;
  readonly evictionDeadlineMs: number;
  readonly maxConcurrentMoves: number;
  /** Set when clusters are to be chosen as if nothing ran yet. */
  readonly isFresh: boolean;
}

/** A group of clusters that is tried before those after it. */
export interface ClusterGroup {
  readonly name: string;
  readonly selects: ClusterFilter;
}
