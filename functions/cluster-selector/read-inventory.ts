import { explainMassFailure, holdsFailover } from '../cluster-set/mass-failure.ts';
import { type Candidate, candidateOf, type NamespacedName } from '../clusters/cluster-facts.ts';
import type { ClusterSetSpec, ClusterSetStatus } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Instant } from '../runtime/composition-function.ts';

/** The clusters of some ClusterSets. */
export type ClusterInventory = {
  /** Sorted by set and name; each cluster and each name once. */
  readonly candidates: readonly Candidate[];
  /** Each cluster once; two of different sets may have one name. */
  readonly listed: readonly Candidate[];
  /** Sets that have reported members; only of these may a cluster be said to be gone. */
  readonly readable: readonly ReadableSet[];
};

/** A ClusterSet that has reported members. */
export type ReadableSet = NamespacedName & {
  /** From when on it knows who is gone: one that was made anew remembers nobody for as long as it would have had patience. Always, when left out. */
  readonly tellsFrom?: Instant;
};

/** Tells of a candidate whether the composite runs there. */
export type RunsOn = (candidate: Candidate) => boolean;

/**
 * Returns the clusters that ClusterSets report, or those of the sets for which `counts` holds. A set that has not reported
 * yet, or reports none, counts as not readable.
 */
export function readInventory(
  clusterSets: readonly KubeObject[],
  runsOn: RunsOn = () => false,
  counts: RunsOn = () => true,
): ClusterInventory {
  const key = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  const sets = clusterSets.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(readSet);
  const listed = oncePerCluster(sets.flatMap(({ candidates }) => candidates).filter(counts), runsOn);
  return {
    candidates: oncePerName(listed, runsOn),
    listed,
    readable: sets.flatMap(({ readable }) => readable),
  };
}

function readSet({ metadata, spec, status }: KubeObject) {
  const { namespace = '', name = '', creationTimestamp } = metadata;
  const { members = [], massFailure } = (isJsonObject(status) ? status : {}) as ClusterSetStatus;
  const { removalGracePeriodSeconds = 300 } = (isJsonObject(spec) ? spec : {}) as Partial<ClusterSetSpec>;
  const set = { namespace, name };
  const readable = {
    ...set,
    ...(creationTimestamp !== undefined && {
      tellsFrom: Date.parse(creationTimestamp) + removalGracePeriodSeconds * 1000,
    }),
  };
  const failover = failoverRule(massFailure, name);
  return {
    candidates: members.map((member) => {
      const candidate = candidateOf(member, set);
      return failover === undefined || member.healthy ? candidate : { ...candidate, failover };
    }),
    readable: members.length > 0 ? [readable] : [],
  };
}

/**
 * A cluster that two sets list, perhaps under two names, belongs to one that does not only remember it, then to the one
 * where the composite runs, then to the first. One set sees to its own clusters itself.
 */
function oncePerCluster(listed: readonly Candidate[], runsOn: RunsOn): readonly Candidate[] {
  const first = firstOf(listed, configOf, (candidate) => (isRemembered(candidate) ? 2 : Number(!runsOn(candidate))));
  return listed.filter((candidate) => {
    const other = first.get(configOf(candidate));
    return other?.clusterSet === candidate.clusterSet || (runsOn(candidate) && !isRemembered(candidate));
  });
}

/** Of two clusters with one name that on which the composite runs is meant, then one that is there, then the first. */
function oncePerName(listed: readonly Candidate[], runsOn: RunsOn): readonly Candidate[] {
  const nameOf = ({ facts }: Candidate) => facts.name;
  const first = firstOf(listed, nameOf, (candidate) => (runsOn(candidate) ? 0 : 1 + Number(isRemembered(candidate))));
  return listed.filter((candidate) => first.get(nameOf(candidate)) === candidate);
}

function firstOf(
  listed: readonly Candidate[],
  keyOf: (candidate: Candidate) => string,
  rankOf: (candidate: Candidate) => number,
): ReadonlyMap<string, Candidate> {
  const first = new Map<string, Candidate>();
  for (const candidate of listed) {
    const other = first.get(keyOf(candidate));
    if (other === undefined || rankOf(candidate) < rankOf(other)) first.set(keyOf(candidate), candidate);
  }
  return first;
}

function isRemembered({ isMissing }: Candidate): boolean {
  return isMissing === true;
}

/** Returns what a provider configuration is told by. */
export function configOf({ providerConfig: { kind, name } }: Pick<Candidate, 'providerConfig'>): string {
  return `${kind}/${name}`;
}

/** What a mass failure of a ClusterSet means for the fail-over of its unhealthy clusters. */
function failoverRule(failure: ClusterSetStatus['massFailure'], clusterSet: string): Candidate['failover'] {
  if (failure === undefined) return undefined;
  if (holdsFailover(failure)) return { heldBecause: explainMassFailure(failure, clusterSet) };
  return failure.endedAt === undefined ? undefined : { countsFrom: Date.parse(failure.endedAt) };
}
