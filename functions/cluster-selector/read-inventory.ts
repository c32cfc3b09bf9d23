import { type Candidate, candidateOf, type NamespacedName } from '../clusters/cluster-facts.ts';
import type { ClusterSetSpec, ClusterSetStatus } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Instant } from '../runtime/composition-function.ts';

/** The clusters of some ClusterSets. */
export type ClusterInventory = {
  /** Sorted by set and name; a cluster in two sets belongs to the first that does not only remember it. */
  readonly candidates: readonly Candidate[];
  /** What the sets list, a cluster in two sets twice. */
  readonly listed: readonly Candidate[];
  /** Sets that have reported members; only of these may a cluster be said to be gone. */
  readonly readable: readonly ReadableSet[];
};

/** A ClusterSet that has reported members. */
export type ReadableSet = NamespacedName & {
  /** From when on it knows who is gone: one that was made anew remembers nobody for as long as it would have had patience. Always, when left out. */
  readonly tellsFrom?: Instant;
};

/** Returns the clusters that ClusterSets report. A set that has not reported yet, or reports none, counts as not readable. */
export function readInventory(clusterSets: readonly KubeObject[]): ClusterInventory {
  const key = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  const sets = clusterSets.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(readSet);
  const listed = sets.flatMap(({ candidates }) => candidates);
  return { candidates: onePerCluster(listed), listed, readable: sets.flatMap(({ readable }) => readable) };
}

function readSet({ metadata, spec, status }: KubeObject) {
  const { namespace = '', name = '', creationTimestamp } = metadata;
  const { members = [] } = (isJsonObject(status) ? status : {}) as ClusterSetStatus;
  const { removalGracePeriodSeconds = 300 } = (isJsonObject(spec) ? spec : {}) as Partial<ClusterSetSpec>;
  const readable = {
    ...{ namespace, name },
    ...(creationTimestamp !== undefined && {
      tellsFrom: Date.parse(creationTimestamp) + removalGracePeriodSeconds * 1000,
    }),
  };
  return {
    candidates: members.map((member) => candidateOf(member, { namespace, name })),
    readable: members.length > 0 ? [readable] : [],
  };
}

/**
 * Returns the candidates with each cluster once. One that its set only remembers makes way for one of the same name, or with
 * the same provider configuration: it has moved to another set, perhaps with another name.
 */
export function onePerCluster(listed: readonly Candidate[]): readonly Candidate[] {
  const present = listed.filter(({ isMissing }) => isMissing !== true);
  const configs = new Set(present.map(configOf));
  const missing = listed.filter((candidate) => candidate.isMissing === true && !configs.has(configOf(candidate)));
  const byName = new Map<string, Candidate>();
  for (const candidate of [...present, ...missing]) {
    if (!byName.has(candidate.facts.name)) byName.set(candidate.facts.name, candidate);
  }
  return listed.filter((candidate) => byName.get(candidate.facts.name) === candidate);
}

/** Returns the candidates without those that another ClusterSet lists under another name: what runs the composite is kept, else the first set's. One set sees to that itself. */
export function withoutTwins(
  candidates: readonly Candidate[],
  runsIt: (cluster: string) => boolean,
): readonly Candidate[] {
  const taken = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const config = configOf(candidate);
    const other = taken.get(config);
    if (other === undefined || (runsIt(candidate.facts.name) && !runsIt(other.facts.name)))
      taken.set(config, candidate);
  }
  return candidates.filter(
    (candidate) =>
      runsIt(candidate.facts.name) || taken.get(configOf(candidate))?.clusterSet.name === candidate.clusterSet.name,
  );
}

function configOf({ providerConfig: { kind, name } }: Candidate): string {
  return `${kind}/${name}`;
}
