import { explainMassFailure, holdsFailover } from '../cluster-set/mass-failure.ts';
import { type Candidate, candidateOf, type NamespacedName } from '../clusters/cluster-facts.ts';
import type { ClusterSetStatus } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';

/** The clusters of some ClusterSets. */
export type ClusterInventory = {
  /** Sorted by set and name; a cluster in two sets belongs to the first. */
  readonly candidates: readonly Candidate[];
  /** Sets that have reported members; only of these may a cluster be said to be gone. */
  readonly readable: readonly NamespacedName[];
};

/** Returns the clusters that ClusterSets report. A set that has not reported yet, or reports none, counts as not readable. */
export function readInventory(clusterSets: readonly KubeObject[]): ClusterInventory {
  const candidates = new Map<string, Candidate>();
  const readable: NamespacedName[] = [];
  const key = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  for (const clusterSet of clusterSets.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))) {
    const { namespace = '', name = '' } = clusterSet.metadata;
    const { members = [], massFailure } = (
      isJsonObject(clusterSet.status) ? clusterSet.status : {}
    ) as ClusterSetStatus;
    const failover = failoverRule(massFailure, name);
    if (members.length > 0) readable.push({ namespace, name });
    for (const member of members) {
      if (candidates.has(member.name)) continue;
      const candidate = candidateOf(member, { namespace, name });
      const isHeld = failover !== undefined && !member.healthy;
      candidates.set(member.name, isHeld ? { ...candidate, failover } : candidate);
    }
  }
  return { candidates: [...candidates.values()], readable };
}

/** What a mass failure of a ClusterSet means for the fail-over of its unhealthy clusters. */
function failoverRule(failure: ClusterSetStatus['massFailure'], clusterSet: string): Candidate['failover'] {
  if (failure === undefined) return undefined;
  if (holdsFailover(failure)) return { heldBecause: explainMassFailure(failure, clusterSet) };
  return failure.endedAt === undefined ? undefined : { countsFrom: Date.parse(failure.endedAt) };
}
