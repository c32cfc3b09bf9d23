import type { Assignment, AssignmentStatus } from '../generated/types.ts';
import { contentHash } from '../kube/content-hash.ts';
import type { JsonObject } from '../kube/json.ts';

/** An assignment that stands in a slice, with what Delivery reports of exactly this entry. */
export type PlacedAssignment = {
  readonly assignment: Assignment;
  /** Resource key of the slice that holds it; it never moves to another. */
  readonly sliceKey: string;
  /** Absent when Delivery has not yet looked at the entry as it stands now: health of older content never counts. */
  readonly status?: AssignmentStatus;
  /** Highest sequence that Delivery has followed for the cluster, whatever entry that was. */
  readonly delivered?: number;
  /** Replicas by component with which the cluster has been healthy, whatever entry that was; absent when it never has. */
  readonly healthyReplicas?: { readonly [component: string]: number };
};

/** Returns the sequence for the next change of an entry; it outgrows whatever was delivered before. */
export function nextSequence(entry: PlacedAssignment | undefined): number {
  return Math.max(entry?.assignment.sequence ?? 0, entry?.delivered ?? 0) + 1;
}

/** Tells whether a later entry was delivered already: this one was written from an outdated read, and has to be set anew. */
export function isOvertaken({ assignment, delivered = 0 }: PlacedAssignment): boolean {
  return delivered > (assignment.sequence ?? 0);
}

/** Returns what the objects of an entry's cluster go by: the name under which the cluster joined, unless another had it. */
export function entryKey({ key, cluster }: Pick<Assignment, 'key' | 'cluster'>): string {
  return key ?? cluster;
}

/** Returns the hash by which a slice's status says which entry it speaks of. Another name of the cluster makes no other entry. */
export function entryHash({ key, ...assignment }: Assignment): string {
  return contentHash({ ...assignment, cluster: key ?? assignment.cluster } as JsonObject, 10);
}

/** For how long a cluster that does not get healthy counts as on its way and is looked at every few seconds. */
export const patienceMs = 10 * 60_000;

/** Tells whether a cluster has applied its entry as it stands and is healthy with it. */
export function isDone({ assignment, status }: PlacedAssignment): boolean {
  return assignment.state === 'Assigned' && status?.phase === 'Healthy';
}

/** Tells whether a leaving cluster has nothing of ours any more. */
export function hasLeft({ assignment, status }: PlacedAssignment): boolean {
  return assignment.state === 'Leaving' && status?.phase === 'Left';
}
