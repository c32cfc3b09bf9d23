import type { RolloutProgress, Verdict } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** What would run where, why, and in which order: the outcome of a whole tree of resources. */
export type Plan = {
  readonly clusters: readonly string[];
  readonly composites: readonly PlannedComposite[];
  /** What every cluster ends up with, by cluster, sorted by kind, namespace and name. */
  readonly manifests: { readonly [cluster: string]: readonly KubeObject[] };
  readonly problems: readonly string[];
  /** What the plan takes for granted. */
  readonly notes: readonly string[];
  /** When the plan begins (RFC 3339); maintenance windows go by it. */
  readonly startedAt: string;
  /** Virtual seconds until nothing was left to do. */
  readonly seconds: number;
  readonly isConverged: boolean;
};

/** One composite that is fanned out over clusters. */
export type PlannedComposite = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly revision: string;
  readonly phase: string;
  readonly placements: readonly PlannedPlacement[];
  /** Clusters that were looked at and do not run it: they were not chosen, or wait for their turn. */
  readonly others: readonly Verdict[];
  /** When clusters moved, and with which wave. */
  readonly moves: readonly Move[];
  /** What the rollout waited for on its way. */
  readonly waits: readonly Wait[];
  /** The waves as they stand in the end, also those that no cluster is in. */
  readonly waves: RolloutProgress['waves'];
  /** Clusters that did not get healthy with what they were given, and why; also where that was taken back. */
  readonly failures: readonly Failure[];
};

/** A composite on one cluster. */
export type PlannedPlacement = {
  readonly cluster: string;
  readonly clusterSet: string;
  readonly revision: string;
  readonly phase: string;
  /** What is in the way on this cluster, or why it is kept as it is; absent when nothing is. */
  readonly message?: string;
  readonly objects: number;
  /** How many of the objects there are of each kind. */
  readonly kinds: { readonly [kind: string]: number };
  readonly workloads: number;
  readonly replicas: number;
  /** What differs between clusters: expressions of holes and their values here. */
  readonly values: { readonly [expression: string]: unknown };
  /** Names, or numbers, of the overrides that apply here. */
  readonly overrides: readonly string[];
  readonly reason: string;
};

/** Clusters of one wave that moved at the same moment. */
export type Move = {
  /** Virtual seconds since the plan began, as everywhere here. */
  readonly seconds: number;
  readonly change: 'assigned' | 'changed' | 'leaving' | 'healthy';
  /** Name of the wave; absent for clusters that are in none, because they leave. */
  readonly wave?: string;
  readonly clusters: readonly string[];
};

/** A cluster that did not get healthy with a revision. */
export type Failure = {
  /** When it was first seen. */
  readonly seconds: number;
  readonly cluster: string;
  readonly revision: string;
  readonly phase: string;
  /** What the objects there said last. */
  readonly message: string;
};

/** Something that a rollout waited for, other than that clusters got healthy. */
export type Wait = {
  readonly seconds: number;
  /** When it was over; absent where the rollout stands still. */
  readonly until?: number;
  /** Name of the wave that waited; absent when all of them did. */
  readonly wave?: string;
  readonly why: string;
  /** Whether people have to give what it waited for, and the plan went on as if they had. */
  readonly isGiven: boolean;
};
