import type { Placement } from '../../functions/cluster-selector/placement.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import { isSame, type PlacedComposite, type Played } from './play-out.ts';
import type { HeldRemovals } from './removal-guard.ts';
import type { Whereabouts } from './whereabouts.ts';

/** A cluster that is joined or left, and why. */
export type ClusterMove = { readonly cluster: string; readonly reason: string };

/** How a component's replicas change on a cluster. */
export type ReplicaChange = {
  readonly cluster: string;
  readonly component: string;
  readonly from: number;
  readonly to: number;
};

/** How many replicas of a component run in all, and how many fewer would. */
export type LostReplicas = { readonly component: string; readonly from: number; readonly to: number };

/** What would become of one composite. */
export type CompositeMove = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Clusters now and in the end. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly leaves: readonly ClusterMove[];
  readonly joins: readonly ClusterMove[];
  /** On clusters that are kept, and on those that are joined where not every cluster has the same. */
  readonly replicas: readonly ReplicaChange[];
  /** Components of which fewer replicas would run in all. */
  readonly lostReplicas: readonly LostReplicas[];
  /** Removals that wait until somebody approves of them. */
  readonly held?: HeldRemovals;
  /** Reason and message of the condition `Placed` in the end. */
  readonly summary: Placement['summary'];
  readonly isPlaced: boolean;
  /** Whether it would be without the changes. */
  readonly wasPlaced: boolean;
  /** Whether it comes to the same without the changes. */
  readonly isUnderWay: boolean;
};

/** Returns what would become of a composite: from where it is to where the changes bring it, and what would have come without them. */
export function compare({ composite, start }: PlacedComposite, after: Played, without: Played): CompositeMove {
  const { kind, metadata } = composite;
  const [old, fresh] = [replicasByCluster(start), replicasByCluster(after.end)];
  const told = (cluster: string): ClusterMove => ({ cluster, reason: after.reasons.get(cluster) ?? '' });
  return {
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    from: [...old.keys()],
    to: [...fresh.keys()],
    leaves: [...old.keys()].filter((cluster) => !fresh.has(cluster)).map(told),
    joins: [...fresh.keys()].filter((cluster) => !old.has(cluster)).map(told),
    replicas: replicaChanges(old, fresh),
    lostReplicas: lostReplicas(old, fresh),
    ...(after.held !== undefined && { held: after.held }),
    summary: after.summary,
    isPlaced: isPlaced(after),
    wasPlaced: isPlaced(without),
    isUnderWay: isSame(after.end, without.end),
  };
}

/** Tells whether a composite would move, or its replicas would. */
export function isMoving({ leaves, joins, replicas }: CompositeMove): boolean {
  return leaves.length + joins.length + replicas.length > 0;
}

type Replicas = { readonly [component: string]: number };

function replicaChanges(
  old: ReadonlyMap<string, Replicas>,
  fresh: ReadonlyMap<string, Replicas>,
): readonly ReplicaChange[] {
  const counts = new Set([...old.values(), ...fresh.values()].map((replicas) => canonicalJson(replicas)));
  return [...fresh].flatMap(([cluster, after]) => {
    const before = old.get(cluster) ?? (counts.size > 1 ? {} : after);
    const components = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return components
      .map((component) => ({ cluster, component, from: before[component] ?? 0, to: after[component] ?? 0 }))
      .filter(({ from, to }) => from !== to);
  });
}

function lostReplicas(
  old: ReadonlyMap<string, Replicas>,
  fresh: ReadonlyMap<string, Replicas>,
): readonly LostReplicas[] {
  const total = (all: ReadonlyMap<string, Replicas>, component: string) =>
    [...all.values()].reduce((sum, replicas) => sum + (replicas[component] ?? 0), 0);
  const components = [...new Set([...old.values()].flatMap((replicas) => Object.keys(replicas)))].sort();
  return components
    .map((component) => ({ component, from: total(old, component), to: total(fresh, component) }))
    .filter(({ from, to }) => to < from);
}

function replicasByCluster({ assigned }: Whereabouts): ReadonlyMap<string, Replicas> {
  return new Map(assigned.map(({ cluster, replicas }) => [cluster, replicas]));
}

function isPlaced({ summary }: Played): boolean {
  return summary.reason === 'Placed';
}
