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
  const owners = ownersOfNames(byKey, found);
  return [...byKey].flatMap(([key, entry]): readonly ClusterAddress[] => {
    const listed = found.get(key);
    const { providerConfig = entry.providerConfig, facts } = listed ?? {};
    const isFree = (name: string) => (owners.get(name) ?? listed) === listed;
    const cluster = [facts?.name ?? entry.cluster, entry.cluster].find(isFree) ?? boundedName(['former', key]);
    if (cluster === entry.cluster && isSameConfig(providerConfig, entry.providerConfig)) return [];
    return [{ key, cluster, ...(listed !== undefined && { providerConfig }) }];
  });
}

/** Two ClusterSets may give one name to two clusters, as while only one of them has seen an exchange: who has it keeps it. */
function ownersOfNames(
  entries: ReadonlyMap<string, Known>,
  found: ReadonlyMap<string, Listed>,
): ReadonlyMap<string, Listed> {
  const keeps = (key: string, { facts }: Listed) => entries.get(key)?.cluster === facts.name;
  const claims = [...found].sort(([a, one], [b, other]) => Number(keeps(b, other)) - Number(keeps(a, one)));
  const owners = new Map<string, Listed>();
  for (const [, listed] of claims) if (!owners.has(listed.facts.name)) owners.set(listed.facts.name, listed);
  return owners;
}

function recognise(entries: ReadonlyMap<string, Known>, inventory: readonly Listed[]): ReadonlyMap<string, Listed> {
  const named = (name: string, way: Known['providerConfig']) => `${name} ${way.kind}/${way.name}`;
  const unchanged = new Map(inventory.map((listed) => [named(listed.facts.name, listed.providerConfig), listed]));
  const found = new Map<string, Listed>();
  for (const [key, { cluster, providerConfig }] of entries) {
    const listed = unchanged.get(named(cluster, providerConfig));
    if (listed !== undefined) found.set(key, listed);
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
