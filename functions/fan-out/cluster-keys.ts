import type { ChosenCluster, Placement } from '../cluster-selector/placement.ts';
import type { RolloutRecord } from '../generated/types.ts';
import { boundedName } from '../kube/names.ts';
import { entryKey, type PlacedAssignment } from '../slices/placed-assignment.ts';

/**
 * Returns the placement with the key of each chosen cluster: that of its entry, or, for one that joins under a name by which
 * the objects of another go, one that is free.
 */
export function withKeys(placement: Placement, entries: readonly PlacedAssignment[]): Placement {
  const keys = new Map(
    entries.toSorted(assignedLast).map(({ assignment }) => [assignment.cluster, entryKey(assignment)] as const),
  );
  const taken = new Set([...keys.values(), ...placement.chosen.map(({ facts }) => facts.name)]);
  const inUse = new Set(keys.values());
  const keyed = new Set(entries.flatMap(({ assignment: { cluster, key } }) => (key === undefined ? [] : [cluster])));
  return {
    ...placement,
    chosen: placement.chosen.map((cluster): ChosenCluster => {
      const { name } = cluster.facts;
      const known = keys.get(name);
      if (known !== undefined) return keyed.has(name) ? { ...cluster, key: known } : cluster;
      return inUse.has(name) ? { ...cluster, key: freeKey(name, taken) } : cluster;
    }),
  };
}

function assignedLast(a: PlacedAssignment, b: PlacedAssignment): number {
  return Number(a.assignment.state === 'Assigned') - Number(b.assignment.state === 'Assigned');
}

function freeKey(name: string, taken: Set<string>): string {
  for (let number = 2; ; number++) {
    const key = boundedName([name, String(number)]);
    if (taken.has(key)) continue;
    taken.add(key);
    return key;
  }
}

/** What clusters of a rollout are called, by what their objects go by, where the two differ. */
export function namesByKey(placement: Placement, entries: readonly PlacedAssignment[]): ReadonlyMap<string, string> {
  const chosen = placement.chosen.map(({ facts: { name }, key = name }) => [key, name] as const);
  const placed = entries.map(({ assignment }) => [entryKey(assignment), assignment.cluster] as const);
  return new Map([...chosen, ...placed].filter(([key, name]) => key !== name));
}

/** Returns a map with keys and values exchanged. */
export function turned(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...names].map(([key, name]) => [name, key]));
}

/** Returns a record with other words for clusters, sorted: it is written with their keys, which no rename changes, and decided upon with their names. */
export function renameInRecord(record: RolloutRecord, words: ReadonlyMap<string, string>): RolloutRecord {
  if (words.size === 0) return record;
  const all = (clusters: readonly string[]) => clusters.map((cluster) => words.get(cluster) ?? cluster).sort();
  return {
    ...record,
    waves: record.waves.map((wave) => (wave.clusters === undefined ? wave : { ...wave, clusters: all(wave.clusters) })),
    ...(record.keeping !== undefined && {
      keeping: record.keeping
        .map((each) => ({ ...each, cluster: words.get(each.cluster) ?? each.cluster }))
        .sort((a, b) => (a.cluster < b.cluster ? -1 : 1)),
    }),
    ...(record.asks !== undefined && { asks: record.asks.map((ask) => ({ ...ask, clusters: all(ask.clusters) })) }),
  };
}
