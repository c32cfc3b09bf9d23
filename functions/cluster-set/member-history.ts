import type { Member } from '../generated/types.ts';
import { canonicalJson } from '../kube/canonical-json.ts';
import { parseQuantity } from '../kube/quantity.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { type GivenTaint, taintKey } from './taint-members.ts';

/**
 * Returns a member with its taints and the times from which placement counts its patience: when its health and its other
 * facts changed last, and since when it has each taint; with them, when its numbers were reported. A time is written when the change is first seen and then stays.
 */
export function withHistory(
  member: Member,
  taints: readonly GivenTaint[],
  before: Member | undefined,
  now: Instant,
  reportedAt?: Member['reportedAt'],
): Member {
  const { healthChangedAt: _, changedAt: __, taints: ___, reportedAt: ____, ...facts } = member;
  const time = formatTimestamp(now);
  // A member that is unhealthy when it is first seen has been so for an unknown time: patience starts now.
  const wasHealthy = before?.healthy ?? true;
  const healthChangedAt = wasHealthy === member.healthy ? before?.healthChangedAt : time;
  const changedAt = before === undefined || steadyFacts(before) === steadyFacts(member) ? before?.changedAt : time;
  const since = new Map((before?.taints ?? []).map((taint) => [taintKey(taint), taint.since]));
  return {
    ...facts,
    ...(healthChangedAt !== undefined && { healthChangedAt }),
    ...(changedAt !== undefined && { changedAt }),
    ...(reportedAt !== undefined && { reportedAt }),
    ...(taints.length > 0 && {
      taints: taints.map((taint) => ({ ...taint, since: since.get(taintKey(taint)) ?? time })),
    }),
  };
}

/**
 * What identifies the nature of a cluster. Numbers such as free capacity change all the time and say nothing about it; that one
 * is no longer reported does.
 */
function steadyFacts({ name, labels = {}, properties = {}, version = '' }: Member): string {
  const steady = Object.entries(properties).map(([property, value]) => [
    property,
    parseQuantity(value).problems === undefined ? 0 : value,
  ]);
  return canonicalJson({ name, labels, properties: Object.fromEntries(steady), version });
}
