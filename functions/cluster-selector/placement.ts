import type { Candidate, NamespacedName } from '../clusters/cluster-facts.ts';
import type { Verdict as ReportedVerdict } from '../generated/types.ts';
import type { Instant } from '../runtime/composition-function.ts';
import type { CapacityPromise } from '../slices/capacity-promises.ts';
import type { ScorePart } from './scores/combine-scores.ts';

/** A cluster that is to run the composite, with all that later steps want to know of it. */
export type ChosenCluster = Pick<Candidate, 'facts' | 'clusterSet' | 'providerConfig'> & {
  /** What its objects go by; absent where that is its name, and before that is known. */
  readonly key?: string;
  /** Replicas by component. */
  readonly replicas: { readonly [component: string]: number };
  /** What must be there first; a cluster that already runs the composite does not wait. */
  readonly waitingFor?: string;
  /** Why nothing may change on the cluster for now, in the words of its ClusterSet; absent when it is not paused. */
  readonly paused?: string;
};

/** What was decided about one cluster, and why. */
export type Verdict = ReportedVerdict & {
  readonly verdict: 'Selected' | 'Kept' | 'Filtered' | 'Outscored' | 'Leaving';
  /** What the score is made of. */
  readonly parts?: readonly ScorePart[];
};

/** Where a composite belongs. */
export type Placement = {
  /** `KeepLastGood`: an input is missing or nothing fits; whatever runs stays as it is. */
  readonly mode: 'Decided' | 'KeepLastGood';
  /** Sorted by cluster name. */
  readonly chosen: readonly ChosenCluster[];
  /** Whether the clusters share the replicas, so that what one gets more of another gives up. */
  readonly isDivided?: boolean;
  /** Components of which a cluster keeps its part for good. */
  readonly fixed?: readonly string[];
  /** One for every candidate and every cluster present, sorted by cluster name. */
  readonly verdicts: readonly Verdict[];
  /** How many clusters were looked at. */
  readonly candidates: number;
  /** One sentence that sums it up: reason of the condition `Placed`. */
  readonly summary: { readonly reason: string; readonly message: string };
  /** When time alone can change the decision next. */
  readonly nextDecisionAt?: Instant;
  /** The wish to start over that has been carried out last, as it was written. */
  readonly rescheduledAt?: string;
};

/** An assignment that exists already, as far as placement cares. */
export type Present = {
  readonly cluster: string;
  readonly clusterSet: NamespacedName;
  readonly leaving: boolean;
  /** How the cluster is reached, if that is known. */
  readonly providerConfig?: Candidate['providerConfig'];
  /** Whether the cluster has what it is assigned and is healthy with it. */
  readonly isHealthy: boolean;
  /** Replicas by component. */
  readonly replicas: { readonly [component: string]: number };
  /** Since when it is healthy with what it is assigned; absent while it is not. */
  readonly readySince?: Instant;
  /** The short name of the revision it is assigned. */
  readonly revision?: string;
  /** What it was promised of the property by which room is told; absent where nobody kept account. */
  readonly promise?: CapacityPromise;
  /** Whether its replicas were given to others because it was lost. */
  readonly isReplaced?: boolean;
};
