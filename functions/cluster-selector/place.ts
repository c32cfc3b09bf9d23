import type { Candidate, ClusterFacts, NamespacedName } from '../clusters/cluster-facts.ts';
import type { ClusterFilter, Rejection } from '../clusters/cluster-selection.ts';
import { rendezvousOrder } from '../kube/rendezvous.ts';
import type { Placement, Present } from './placement.ts';
import { keptInstead, verdictOf } from './verdicts.ts';

/** What a placement is decided from, beside the candidates and what is present. */
export interface PlacementPolicy {
  readonly filter: ClusterFilter;
  /** Says in a few words why a cluster matches. */
  readonly explain: (cluster: ClusterFacts) => string;
  /** How many clusters are wanted; absent means all that match. */
  readonly numberOfClusters?: number;
  /** ClusterSets that could be read; a cluster of any other set is kept, for a missing set never means "remove". */
  readonly readableSets: readonly NamespacedName[];
  /** Clusters that somebody excluded by name: they leave even if no inventory knows them. */
  readonly excluded: ReadonlySet<string>;
  /** Key of the rendezvous order, so that composites spread over the clusters. Never a uid: the order would differ between hubs. */
  readonly orderKey: string;
}

type Outcome = Omit<Placement, 'chosen'> & { readonly chosen: readonly Candidate[] };

/**
 * Chooses clusters for one composite: filter, keep what is assigned, fill the shortfall in rendezvous order. When nothing
 * fits, or nothing could be read, the last good placement is kept.
 */
export function place(candidates: readonly Candidate[], policy: PlacementPolicy, present: readonly Present[]): Outcome {
  const byName = new Map(candidates.map((candidate) => [candidate.facts.name, candidate]));
  const rejections = new Map(candidates.map(({ facts }) => [facts.name, policy.filter(facts)]));
  const assigned = present.filter(({ leaving }) => !leaving);
  const kept = assigned.filter((entry) => staysPut(entry, byName, rejections, policy)).map(({ cluster }) => cluster);
  const order = rendezvousOrder(policy.orderKey, [...byName.keys()]);
  const leavingNow = new Set(present.filter(({ leaving }) => leaving).map(({ cluster }) => cluster));
  const staying = new Set(kept);
  const free = order.filter((name) => rejections.get(name) === undefined && !staying.has(name));
  const fresh = [...free.filter((name) => !leavingNow.has(name)), ...free.filter((name) => leavingNow.has(name))];
  const wanted = policy.numberOfClusters ?? staying.size + fresh.length;
  const names = new Set([...inOrder([...staying], order), ...fresh].slice(0, wanted));
  const here = new Set(assigned.map(({ cluster }) => cluster));
  const decision = {
    chosen: names,
    present: here,
    candidates: byName,
    rejections,
    wanted,
    excluded: policy.excluded,
    explain: policy.explain,
  };
  const verdicts = [...new Set([...byName.keys(), ...here])].sort().map((cluster) => verdictOf(cluster, decision));
  const chosen = [...names].sort().flatMap((name) => byName.get(name) ?? []);
  const lost = [...names].length === 0 && assigned.length > 0;
  return {
    mode: lost ? 'KeepLastGood' : 'Decided',
    chosen,
    verdicts: lost ? verdicts.map(keptInstead) : verdicts,
    candidates: candidates.length,
    summary: summarise(names.size, policy.numberOfClusters, rejections, lost),
  };
}

/** A present cluster leaves only when its set was read and says so: it is listed and does not match, or is not listed any more. */
function staysPut(
  { cluster, clusterSet }: Present,
  candidates: ReadonlyMap<string, Candidate>,
  rejections: ReadonlyMap<string, Rejection | undefined>,
  { readableSets, excluded }: PlacementPolicy,
): boolean {
  if (excluded.has(cluster)) return false;
  if (candidates.has(cluster)) return rejections.get(cluster)?.because !== 'mismatch';
  return !readableSets.some(({ namespace, name }) => namespace === clusterSet.namespace && name === clusterSet.name);
}

/** Kept clusters in rendezvous order, so that a smaller number sheds the same ones whatever the order of arrival. */
function inOrder(names: readonly string[], order: readonly string[]): readonly string[] {
  const rank = new Map(order.map((name, index) => [name, index]));
  return names.toSorted((a, b) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1) || (a < b ? -1 : 1));
}

function summarise(
  selected: number,
  wanted: number | undefined,
  rejections: ReadonlyMap<string, Rejection | undefined>,
  lost: boolean,
): Placement['summary'] {
  const failed = [...rejections.values()].filter((rejection) => rejection?.because === 'error').length;
  const counts = new Map<string, number>();
  for (const rejection of rejections.values()) {
    if (rejection !== undefined) counts.set(rejection.reason, (counts.get(rejection.reason) ?? 0) + 1);
  }
  const reasons = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, 5)
    .map(([reason, count]) => `${count} ${reason}`);
  const tally =
    rejections.size === 0 && selected > 0
      ? `no ClusterSet reports any member; ${selected} clusters are kept`
      : `${selected} of ${rejections.size} clusters`;
  const message = reasons.length > 0 ? `${tally}: ${reasons.join(', ')}` : tally;
  if (lost) return { reason: 'Infeasible', message: `${message}; what runs is kept` };
  if (failed > 0)
    return { reason: 'SelectionFailed', message: `${message}; what runs is kept and nothing is added there` };
  if (selected === 0) return { reason: 'NoClusterMatches', message };
  if (wanted !== undefined && selected < wanted)
    return { reason: 'TooFewClusters', message: `${message}; ${wanted} are wanted` };
  return { reason: 'Placed', message };
}
