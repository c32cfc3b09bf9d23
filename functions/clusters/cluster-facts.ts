import type { Member } from '../generated/types.ts';

/** What an expression or selector may know of a member cluster: the CEL variable `cluster`. */
export type ClusterFacts = {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly properties: { readonly [name: string]: string };
  /** Kubernetes version such as `v1.34.2`; empty when the inventory does not know it. */
  readonly version: string;
  /** Name of the ClusterSet it was selected from. */
  readonly set: string;
};

/** Where a ClusterSet or another platform object lives. */
export type NamespacedName = { readonly namespace: string; readonly name: string };

/** A member cluster together with the ClusterSet that lists it. */
export type Candidate = {
  readonly facts: ClusterFacts;
  readonly clusterSet: NamespacedName;
  readonly providerConfig: Member['providerConfig'];
};

/** Returns a member of a ClusterSet as a candidate for placement; its labels and properties are sorted, because the wire has them in any order and an expression could tell. */
export function candidateOf(member: Member, clusterSet: NamespacedName): Candidate {
  const { name, labels = {}, properties = {}, version = '' } = member;
  return {
    facts: { name, labels: sortMembers(labels), properties: sortMembers(properties), version, set: clusterSet.name },
    clusterSet,
    providerConfig: member.providerConfig,
  };
}

/** Returns a map of texts with its keys sorted. */
export function sortMembers(map: { readonly [key: string]: string }): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
