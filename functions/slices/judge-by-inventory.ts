import type { ObservedSlice } from './observed-slices.ts';
import type { PlacedAssignment } from './placed-assignment.ts';
import { type ClusterHealth, heedInventory, type UnhealthyCluster, unhealthyClusters } from './unhealthy-clusters.ts';

/** Returns a slice with what the inventory says now of its clusters: Delivery learns of it with its next look, nobody has to wait for that. */
export function judgeByInventory(slice: ObservedSlice, health: readonly ClusterHealth[]): ObservedSlice {
  const clusters = slice.entries.map(({ assignment }) => assignment.cluster);
  const unhealthy = unhealthyClusters(clusters, health, slice.unhealthy ?? []);
  const words = new Map(unhealthy.map((each) => [each.cluster, each]));
  return { ...slice, unhealthy, entries: slice.entries.map((entry) => judge(entry, words)) };
}

function judge(entry: PlacedAssignment, words: ReadonlyMap<string, UnhealthyCluster>): PlacedAssignment {
  const word = words.get(entry.assignment.cluster);
  if (entry.status === undefined || word === undefined) return entry;
  const status = heedInventory(entry.status, word);
  const hasTurned = status.phase !== entry.status.phase && word.since !== undefined && word.since > status.since;
  return { ...entry, status: hasTurned ? { ...status, since: word.since } : status };
}
