import type { TieOrder } from './tie-order.ts';

/** A cluster that was chosen to run replicas. All numbers are whole and not negative. */
export interface ReplicaTarget {
  readonly cluster: string;
  /** Share under Weighted; a cluster without weight takes no part, unless no cluster has one: then all count 1. */
  readonly weight?: number;
  /** Replicas it can take beyond what it holds; no limit when absent. */
  readonly room?: number;
  /** Replicas it runs now; absent when it runs nothing of the workload. */
  readonly held?: number;
  /** Order of overflow, 0 first; read only when the policy overflows. 0 when absent. */
  readonly tier?: number;
  /** Who gets a replica that two clusters have the same claim to, and which of two equally roomy ones Aggregated takes first: the smaller rank, then the name. 0 when absent. */
  readonly rank?: number;
}

/** How replicas are divided over the chosen clusters. */
export interface DivisionPolicy {
  /** Duplicated: every cluster runs all replicas. Divided: they share them. */
  readonly mode: 'Duplicated' | 'Divided';
  /** Weighted by their weights, Capacity by their room, Aggregated into as few clusters as fit. Weighted when absent. */
  readonly strategy?: 'Weighted' | 'Capacity' | 'Aggregated';
  /** Replicas that each cluster gets first; under Aggregated each cluster in use, and without moving those that run. */
  readonly minPerCluster?: number;
  readonly maxPerCluster?: number;
  /** Fills the tiers of the targets in order, the next only when the one before has no more room. */
  readonly overflow?: boolean;
  /** Draws replicas back to earlier tiers as soon as these have room; without it they stay where they are. */
  readonly failback?: boolean;
  /** Starts over as if nothing ran yet, what is held counting as room. */
  readonly fresh?: boolean;
  /** Who gets a replica that two clusters have the same claim to: the one with fewer, then the one that has it already, then by rank and name, when absent. */
  readonly ties?: TieOrder;
}

/** Who runs how many. All lists and keys are in the order of the names. */
export interface Division {
  /** Replicas of the clusters that take part, also those that got none; other clusters are absent. */
  readonly replicas: ReadonlyMap<string, number>;
  /** Replicas for which no cluster has room, or that `maxPerCluster` leaves nowhere to go. */
  readonly unplaced: number;
  /** Clusters that got less than `minPerCluster`. */
  readonly shortOfMin: readonly string[];
  /** Clusters that got more than they can take, as Duplicated and Weighted do not look at the room. */
  readonly overfull: readonly string[];
}
