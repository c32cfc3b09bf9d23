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
    const members = ((isJsonObject(clusterSet.status) ? clusterSet.status : {}) as ClusterSetStatus).members ?? [];
    if (members.length > 0) readable.push({ namespace, name });
    for (const member of members) {
      if (!candidates.has(member.name)) candidates.set(member.name, candidateOf(member, { namespace, name }));
    }
  }
  return { candidates: [...candidates.values()], readable };
}
