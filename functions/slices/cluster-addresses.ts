import { type Candidate, clusterIdProperty } from '../clusters/cluster-facts.ts';
import type { Assignment } from '../generated/types.ts';
import { boundedName } from '../kube/names.ts';
import { entryKey } from './placed-assignment.ts';

/** What the cluster of an entry is called now, and how it is reached; the entry is found by its key. */
export type ClusterAddress = {
  readonly key: string;
  readonly cluster: string;
  /** Absent for a cluster that the inventory does not list: it is reached as before. */
  readonly providerConfig?: Assignment['providerConfig'];
};

/** A cluster as the inventory lists it. */
type Listed = Pick<Candidate, 'facts' | 'providerConfig'>;

/** By what an entry is recognised. */
type Known = Pick<Assignment, 'cluster' | 'key' | 'providerConfig'>;

/** Says which of the clusters that are not taken yet an entry may be. */
type Sign = (entry: Known, listed: Listed) => boolean;

/** From the surest to the weakest: the id that it goes by, the way to it, its name, a name that it had. */
const signs: readonly Sign[] = [
  ({ cluster }, { facts: { name, properties } }) => name === cluster && properties[clusterIdProperty] === name,
  (entry, { providerConfig }) => isSameConfig(entry.providerConfig, providerConfig),
  ({ cluster }, { facts }) => facts.name === cluster,
  ({ cluster, key = cluster }, { facts: { formerNames = [] } }) =>
    formerNames.includes(cluster) || formerNames.includes(key),
];

/** Returns the entries whose cluster has another name or another provider configuration by now: a cluster is the one that it was, whatever it is called. */
export function clusterAddresses(entries: readonly Known[], inventory: readonly Listed[]): readonly ClusterAddress[] {
  const byKey = new Map(entries.map((entry) => [entryKey(entry), entry]));
  const found = recognise(byKey, inventory);
  const taken = new Set([...found.values()].map(({ facts }) => facts.name));
  return [...byKey].flatMap(([key, entry]): readonly ClusterAddress[] => {
    const listed = found.get(key);
    if (listed !== undefined) {
      const { facts, providerConfig } = listed;
      return facts.name === entry.cluster && isSameConfig(providerConfig, entry.providerConfig)
        ? []
        : [{ key, cluster: facts.name, providerConfig }];
    }
    return taken.has(entry.cluster) ? [{ key, cluster: boundedName(['former', key]) }] : [];
  });
}

function recognise(entries: ReadonlyMap<string, Known>, inventory: readonly Listed[]): ReadonlyMap<string, Listed> {
  const byName = new Map(inventory.map((listed) => [listed.facts.name, listed]));
  const found = new Map<string, Listed>();
  for (const [key, { cluster, providerConfig }] of entries) {
    const listed = byName.get(cluster);
    if (listed !== undefined && isSameConfig(listed.providerConfig, providerConfig)) found.set(key, listed);
  }
  for (const sign of signs) {
    const taken = new Set(found.values());
    if (found.size === entries.size) break;
    const free = inventory.filter((listed) => !taken.has(listed));
    for (const [key, entry] of entries) {
      if (found.has(key)) continue;
      const matches = free.filter((listed) => sign(entry, listed));
      const match = matches.find(({ facts }) => facts.name === entry.cluster) ?? matches[0];
      if (match !== undefined && (matches.length === 1 || match.facts.name === entry.cluster)) found.set(key, match);
    }
  }
  return found;
}

function isSameConfig(a: Assignment['providerConfig'], b: Assignment['providerConfig']): boolean {
  return a.kind === b.kind && a.name === b.name;
}
