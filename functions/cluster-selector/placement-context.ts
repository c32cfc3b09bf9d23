import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { RolloutFloor, TierPolicy } from '../generated/types.ts';
import { isJsonObject, type Json } from '../kube/json.ts';
import type { ClusterAddress } from '../slices/cluster-addresses.ts';
import type { MissingCluster } from '../slices/observed-slices.ts';
import type { PlacementMemory } from '../slices/placement-memory.ts';
import type { ClusterHealth } from '../slices/unhealthy-clusters.ts';
import type { Placement } from './placement.ts';

/** The context key under which ClusterSelector hands its decision to the steps after it; overwritten, never added to. */
export const placementKey = 'crossply.dev/placement';

/** What later steps need beside the placement itself. */
export type PlacementContext = {
  readonly placement: Placement;
  /** What the inventory says of clusters that run the composite, also while no placement can be decided; those that it does not list are left out. */
  readonly health?: readonly ClusterHealth[];
  /** What later looks and other composites must know of this decision; absent while none can be made. */
  readonly memory?: PlacementMemory;
  /** Entries whose cluster has another name or provider configuration by now. */
  readonly addresses?: readonly ClusterAddress[];
  /** Clusters that run the composite and that the PlacementDecisions no longer name; absent while that is not known. */
  readonly missing?: readonly MissingCluster[];
  /** Namespace of the composite's manifests in the member clusters, for composites that live in a ComputeNamespace. */
  readonly namespace?: string;
  readonly tier?: NamespacedName & { readonly platform: string };
  readonly policy?: TierPolicy;
  /** What the Tiers of the clusters require of every rollout, where the composite names ClusterSets instead of a Tier. */
  readonly floors?: readonly RolloutFloor[];
  /** Which App has which name in the ComputeNamespace; absent where nobody keeps account. */
  readonly claims?: { readonly [name: string]: string };
};

/** Returns the decision of the ClusterSelector step, or nothing when no such step ran before. */
export function readPlacementContext(context: ReadonlyMap<string, Json>): PlacementContext | undefined {
  const value = context.get(placementKey);
  return isJsonObject(value) && isJsonObject(value['placement']) ? (value as unknown as PlacementContext) : undefined;
}
