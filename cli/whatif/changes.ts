import type { GivenTaint } from '../../functions/cluster-set/taint-members.ts';
import type { Document } from '../input/documents.ts';

/** What would change about one cluster. */
export interface ClusterChange {
  readonly cluster: string;
  /** The flag that named it first. */
  readonly flag: string;
  readonly taints: readonly GivenTaint[];
  readonly labels: { readonly [key: string]: string };
  readonly properties: { readonly [name: string]: string };
  readonly isUnhealthy: boolean;
  /** Whether it is gone from the inventory, and the grace period is over. */
  readonly isRemoved: boolean;
}

/** What would change about the clusters of a hub. */
export interface Changes {
  /** Clusters that exist, or are among the added ones. */
  readonly clusters: readonly ClusterChange[];
  /** ClusterProfiles that would be there in addition. */
  readonly added: readonly Document[];
}

/** The taint that keeps all work off a cluster that is drained. */
export const drainTaint: GivenTaint = { key: 'crossply.dev/drain', effect: 'NoExecute' };
