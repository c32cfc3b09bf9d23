import type { Verdict } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** What would run where, why, and in which order: the outcome of a whole tree of resources. */
export type Plan = {
  readonly clusters: readonly string[];
  readonly composites: readonly PlannedComposite[];
  /** What every cluster ends up with, by cluster, sorted by kind, namespace and name. */
  readonly manifests: { readonly [cluster: string]: readonly KubeObject[] };
  readonly problems: readonly string[];
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
  /** Clusters that were looked at and not chosen. */
  readonly others: readonly Verdict[];
  readonly waves: readonly Wave[];
};

/** A composite on one cluster. */
export type PlannedPlacement = {
  readonly cluster: string;
  readonly clusterSet: string;
  readonly revision: string;
  readonly phase: string;
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

/** Clusters that moved at the same moment. */
export type Wave = {
  readonly seconds: number;
  readonly change: 'assigned' | 'changed' | 'leaving' | 'healthy';
  readonly clusters: readonly string[];
};
