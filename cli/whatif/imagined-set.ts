import { compileTaints, type GivenTaint, taintKey } from '../../functions/cluster-set/taint-members.ts';
import { candidateOf, type NamespacedName } from '../../functions/clusters/cluster-facts.ts';
import { compileClusterSelection, type Rejection } from '../../functions/clusters/cluster-selection.ts';
import type { ClusterSetSpec, ClusterSetStatus, Member } from '../../functions/generated/types.ts';
import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** A ClusterSet whose members are being imagined. */
export interface ImaginedSet {
  readonly object: KubeObject;
  readonly name: NamespacedName;
  readonly spec: ClusterSetSpec;
  readonly members: readonly Member[];
  /** Returns why a member does not fit the selector of the set, if so. */
  rejects(member: Member): Rejection | undefined;
  /** Returns the taints that the rules of the set give a member. */
  taintsOf(member: Member): readonly GivenTaint[];
}

/** Returns a ClusterSet as it reports its members. */
export function readSet(object: KubeObject): ImaginedSet {
  const spec = object.spec as ClusterSetSpec;
  const { selector, cel } = spec.clusterProfiles;
  const filter = compileClusterSelection(
    { ...(selector !== undefined && { clusterSelector: selector }), ...(cel !== undefined && { cel }) },
    'spec.clusterProfiles',
  );
  const taints = compileTaints(spec.taints ?? [], 'spec.taints');
  const { namespace = '', name = '' } = object.metadata;
  const factsOf = (member: Member) => candidateOf(member, { namespace, name }).facts;
  return {
    object,
    name: { namespace, name },
    spec,
    members: ((isJsonObject(object.status) ? object.status : {}) as ClusterSetStatus).members ?? [],
    rejects: (member) =>
      filter.value === undefined
        ? { because: 'error', reason: 'the selector of the set is wrong' }
        : filter.value(factsOf(member)),
    taintsOf: (member) => taints.taintsOf(factsOf(member), member.taints ?? []),
  };
}

/** Returns a ClusterSet as it would stand on the hub. */
export function writeSet({ object, members }: ImaginedSet): KubeObject {
  const status = isJsonObject(object.status) ? object.status : {};
  return { ...asOld(object), status: { ...status, members: members as unknown as readonly JsonObject[] } };
}

/** Returns a ClusterSet that has been there for ever, so that it remembers who was ever in it. */
export function asOld(object: KubeObject): KubeObject {
  const { creationTimestamp: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Returns a member with the taints given; one that it had keeps its time, a new one has the time given. */
export function withTaints(member: Member, taints: readonly GivenTaint[], since: string): Member {
  const { taints: before = [], ...rest } = member;
  const times = new Map(before.map((taint) => [taintKey(taint), taint.since]));
  if (taints.length === 0) return rest;
  return { ...rest, taints: taints.map((taint) => ({ ...taint, since: times.get(taintKey(taint)) ?? since })) };
}

/** Returns a set with a member more, or in the place of the one of that name. */
export function withMember(set: ImaginedSet, member: Member | undefined): ImaginedSet {
  if (member === undefined) return set;
  const members = [...set.members.filter(({ name }) => name !== member.name), member];
  return { ...set, members: members.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
