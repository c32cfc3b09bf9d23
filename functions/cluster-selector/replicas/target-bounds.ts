import type { DivisionPolicy, ReplicaTarget } from './division.ts';

/** Replicas that a target runs now; 0 when it is new. */
export function heldBy({ held }: ReplicaTarget): number {
  return held ?? 0;
}

/** Replicas that a target can run in all, what it holds included; infinite when it has no limit. */
export function availableOn({ held, room }: ReplicaTarget): number {
  return (held ?? 0) + Math.max(0, room ?? Number.POSITIVE_INFINITY);
}

/** The most replicas that a policy lets a target run, whatever it has room for. */
export function maxOf({ maxPerCluster }: DivisionPolicy): number {
  return maxPerCluster ?? Number.POSITIVE_INFINITY;
}

/** The replicas that a policy gives a target first; never more than the most it may run. */
export function minOf(policy: DivisionPolicy): number {
  return Math.min(policy.minPerCluster ?? 0, maxOf(policy));
}

/**
 * Returns rooms as weights: a limitless one weighs as much as the largest that is known, and 1 when none is, so that
 * weights do not depend on how many replicas there are to divide.
 */
export function weighRooms(rooms: readonly number[]): readonly number[] {
  const largest = rooms.reduce((most, room) => (Number.isFinite(room) ? Math.max(most, room) : most), 0);
  return rooms.map((room) => (Number.isFinite(room) ? room : Math.max(1, largest)));
}
