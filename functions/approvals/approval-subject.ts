import type { ApprovalSpec } from '../generated/types.ts';
import { groupOf, type KubeObject } from '../kube/object.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';

/** Crossply's own kinds that can be approved of, in the order in which one builds on the other. */
export const ownApprovableKinds: readonly string[] = ['Tier', 'ComputeNamespace', 'App'];

/** What an Approval is for. */
export type ApprovalSubject = ApprovalSpec['for'];

/** Tells whether an Approval is for one of Crossply's own kinds; those need no apiVersion. */
export function isForOwnKind({ apiVersion = crossplyApiVersion, kind }: ApprovalSubject): boolean {
  return groupOf(apiVersion) === groupOf(crossplyApiVersion) && ownApprovableKinds.includes(kind);
}

/**
 * Tells whether an Approval is for a composite: group, kind and name are the same; the version may be another, for it only
 * says in which form the resource was read. Without an apiVersion it is for Crossply's own kinds and no others.
 */
export function isApprovalFor(subject: ApprovalSubject, { apiVersion, kind, metadata }: KubeObject): boolean {
  if (subject.apiVersion === undefined && !isForOwnKind(subject)) return false;
  const group = groupOf(subject.apiVersion ?? crossplyApiVersion);
  return group === groupOf(apiVersion) && subject.kind === kind && subject.name === metadata.name;
}

/** Returns what an Approval of a composite is for; the apiVersion of Crossply's own kinds is left out. */
export function approvalSubjectOf({ apiVersion, kind, metadata: { name = '' } }: KubeObject): ApprovalSubject {
  return isForOwnKind({ apiVersion, kind, name }) ? { kind, name } : { apiVersion, kind, name };
}
