import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Rejection } from '../clusters/cluster-selection.ts';
import { rendezvousOrder } from '../kube/rendezvous.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { heedMassFailure } from './heed-mass-failure.ts';
import type { Present } from './placement.ts';
import type { PlacementPolicy } from './policy.ts';
import type { Score } from './scores/combine-scores.ts';
import type { Place } from './select-clusters.ts';
import { type Standing, standingOf } from './standing.ts';

/** All that is known of one cluster before any is chosen. */
export type Surveyed = Place & {
  /** Absent for a cluster that runs the composite and stands in no inventory. */
  readonly candidate?: Candidate;
  /** Why no new work goes there; the first one is the reason that is told. */
  readonly rejections: readonly Rejection[];
  /** For a cluster that is assigned. */
  readonly standing?: Standing;
  /** Whether it has what it is assigned and is healthy with it. */
  readonly isHealthyThere: boolean;
  /** Whether it is being cleared. */
  readonly isLeaving: boolean;
  readonly explained?: Score;
};

/** Returns what is known of every candidate and every present cluster, sorted by name. A cluster that stands in two slices by mistake counts once. */
export function surveyFleet(
  candidates: readonly Candidate[],
  policy: PlacementPolicy,
  present: readonly Present[],
  now: Instant,
): readonly Surveyed[] {
  const known = new Map(candidates.map((candidate) => [candidate.facts.name, candidate]));
  const leaving = new Set(present.flatMap((entry) => (entry.leaving ? [entry.cluster] : [])));
  const assigned = new Map(present.flatMap((entry) => (entry.leaving ? [] : [[entry.cluster, entry] as const])));
  const names = [...new Set([...known.keys(), ...assigned.keys()])].sort();
  const ranks = new Map(rendezvousOrder(policy.orderKey, names).map((name, index) => [name, index]));
  const scores = policy.maxClusters === undefined ? undefined : policy.score(candidates, new Set(assigned.keys()));
  return names.map((cluster): Surveyed => {
    const candidate = known.get(cluster);
    const entry = assigned.get(cluster);
    const explained = scores?.get(cluster);
    return {
      facts: candidate?.facts ?? {
        name: cluster,
        labels: {},
        properties: {},
        version: '',
        set: entry?.clusterSet.name ?? '',
      },
      group: groupOf(candidate, policy),
      score: explained?.total ?? 0,
      isPresent: entry !== undefined,
      tie: ranks.get(cluster) ?? 0,
      rejections: candidate === undefined ? [] : policy.filters.flatMap((filter) => filter.newWork(candidate) ?? []),
      isHealthyThere: entry?.isHealthy === true,
      isLeaving: entry === undefined && leaving.has(cluster),
      ...(candidate !== undefined && { candidate }),
      ...(entry !== undefined && {
        standing: heedMassFailure(standingOf(entry, candidate, policy, now), candidate, policy, now),
      }),
      ...(explained !== undefined && explained.parts.length > 0 && { explained }),
    };
  });
}

/** Index of the first group that selects a cluster; one that no group selects comes after all. */
function groupOf(candidate: Candidate | undefined, { groups }: PlacementPolicy): number {
  if (candidate === undefined) return groups.length;
  const index = groups.findIndex(({ selects }) => selects(candidate.facts) === undefined);
  return index < 0 ? groups.length : index;
}
