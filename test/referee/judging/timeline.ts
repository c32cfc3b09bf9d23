import type { Labels } from './label-selector.ts';
import type { Steps } from './steps.ts';

/** What stands of one composite in one member cluster. */
export type Standing = {
  /** Equal for equal content, whatever the replicas; empty when nothing stands. */
  readonly content: string;
  /** Images of the pod templates, sorted. */
  readonly images: readonly string[];
  readonly isHealthy: boolean;
  /** Whether anything of it could fail: a workload with replicas, a claim, a load balancer. */
  readonly canFail: boolean;
  /** Wanted replicas by workload. */
  readonly replicas: { readonly [workload: string]: number };
  /** Replicas that are ready by workload. */
  readonly ready: { readonly [workload: string]: number };
  /** Uid by object. */
  readonly objects: { readonly [object: string]: string };
};

/** What a composite says of itself. */
export type Told = {
  readonly revision?: string;
  readonly phase?: string;
  readonly isReady: boolean;
  readonly healthy: number;
  readonly desired: number;
};

/** What people want of a composite, and who said so last. */
export type Wish = { readonly spec: unknown; readonly labels: Labels; readonly editor?: string };

/** One App, ComputeNamespace, Tier or composite of another kind over time. */
export type CompositeLine = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Undefined once it is deleted. */
  readonly wishes: Steps<Wish | undefined>;
  readonly told: Steps<Told>;
  readonly standing: ReadonlyMap<string, Steps<Standing>>;
};

/** One member cluster over time. */
export type ClusterLine = {
  /** Labels and health by the ClusterProfile; undefined while there is none. */
  readonly profile: Steps<{ readonly labels: Labels; readonly isHealthy: boolean } | undefined>;
  readonly isCutOff: Steps<boolean>;
  readonly refuses: Steps<boolean>;
  /** How many replicas really fit, where that is known. */
  readonly room?: number;
};

/** An Approval. */
export type ApprovalLine = {
  readonly spec: unknown;
  readonly namespace: string;
  readonly from: number;
  /** When it was deleted. */
  readonly until?: number;
};

/** All that a person could have seen. */
export type Timeline = {
  readonly endsAt: number;
  /** How late what was decided may arrive in a member, and how late what happens there may be known on the hub. */
  readonly lagMs: number;
  /** Whether the provider watches members; without, health is known when it is polled. */
  readonly isWatched: boolean;
  readonly composites: readonly CompositeLine[];
  readonly clusters: ReadonlyMap<string, ClusterLine>;
  readonly approvals: readonly ApprovalLine[];
  readonly cords: readonly { readonly spec: unknown; readonly from: number; readonly until?: number }[];
  /** Clusters that are paused in their ClusterSets. */
  readonly paused: Steps<readonly string[]>;
};

/** Nothing of a composite. */
export const nothing: Standing = {
  content: '',
  images: [],
  isHealthy: true,
  canFail: false,
  replicas: {},
  ready: {},
  objects: {},
};

/** Returns how a composite is called. */
export function nameOf({ kind, namespace, name }: CompositeLine): string {
  return `${kind} ${namespace}/${name}`;
}
