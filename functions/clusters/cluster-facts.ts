import type { Member } from '../generated/types.ts';
import type { Instant } from '../runtime/composition-function.ts';
import type { Taint } from './taints.ts';

/** What an expression or selector may know of a member cluster: the CEL variable `cluster`. */
export type ClusterFacts = {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly properties: { readonly [name: string]: string };
  /** Kubernetes version such as `v1.34.2`; empty when the inventory does not know it. */
  readonly version: string;
  /** Name of the ClusterSet it was selected from. */
  readonly set: string;
  /** Names that it had before and that no other member has now: lists of names may still say them. */
  readonly formerNames?: readonly string[];
};

/** Where a ClusterSet or another platform object lives. */
export type NamespacedName = { readonly namespace: string; readonly name: string };

/** A member cluster together with the ClusterSet that lists it. */
export type Candidate = {
  readonly facts: ClusterFacts;
  readonly clusterSet: NamespacedName;
  /** The ClusterProfile that stands for it. */
  readonly clusterProfile: NamespacedName;
  readonly providerConfig: Member['providerConfig'];
  readonly isHealthy: boolean;
  /** When its health, and when a label, the version or a property that is no number was first seen to have changed. */
  readonly healthChangedAt?: Instant;
  readonly changedAt?: Instant;
  /** When properties that are numbers were last seen to have changed, or were observed; one that never changed is left out. */
  readonly reportedAt?: Member['reportedAt'];
  /** What its ClusterSet says of fail-over: why there is none for now, or from when on ill health counts. */
  readonly failover?: { readonly heldBecause?: string; readonly countsFrom?: Instant };
  readonly taints: readonly Taint[];
  /** Why nothing may change on it for now, if so. */
  readonly paused?: string;
  /** Set for a member that its ClusterSet only remembers: it vanished or no longer matches. */
  readonly isMissing?: true;
};

/** The property in which a cluster carries its id (About API). */
export const clusterIdProperty = 'cluster.clusterset.k8s.io';

/** Returns a member of a ClusterSet as a candidate for placement; its labels and properties are sorted, because the wire has them in any order and an expression could tell. */
export function candidateOf(member: Member, clusterSet: NamespacedName): Candidate {
  const { name, labels = {}, properties = {}, version = '', formerNames = [] } = member;
  const { healthChangedAt, changedAt, taints = [], paused, missingSince, reportedAt } = member;
  return {
    facts: {
      ...{ name, labels: sortMembers(labels), properties: sortMembers(properties), version, set: clusterSet.name },
      ...(formerNames.length > 0 && { formerNames }),
    },
    clusterSet,
    clusterProfile: member.clusterProfile,
    providerConfig: member.providerConfig,
    isHealthy: member.healthy,
    ...(healthChangedAt !== undefined && { healthChangedAt: Date.parse(healthChangedAt) }),
    ...(changedAt !== undefined && { changedAt: Date.parse(changedAt) }),
    ...(reportedAt !== undefined && { reportedAt }),
    taints: taints.map(({ since, ...taint }) => ({ ...taint, since: Date.parse(since) })),
    ...(paused !== undefined && { paused }),
    ...(missingSince !== undefined && { isMissing: true as const }),
  };
}

/** Tells whether a list of names means a cluster: it says the name that the cluster has, or one that it had and no other has now. */
export function isNamedIn(
  names: ReadonlySet<string>,
  { name, formerNames = [] }: Pick<ClusterFacts, 'name' | 'formerNames'>,
): boolean {
  return names.has(name) || formerNames.some((former) => names.has(former));
}

/** Returns a map of texts with its keys sorted. */
export function sortMembers(map: { readonly [key: string]: string }): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
