import type { Candidate } from '../clusters/cluster-facts.ts';
import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import { explainMatch } from '../clusters/explain-match.ts';
import type { Placement as PlacementSpec } from '../generated/types.ts';
import type { Checked } from '../kube/problem.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { compileFilters } from './compile-filters.ts';
import type { OtherApp } from './filters/app-affinity-filters.ts';
import type { Decision } from './filters/decision-filter.ts';
import type { ClusterGroup, PlacementPolicy } from './policy.ts';
import type { ReadableSet } from './read-inventory.ts';
import type { Stock } from './room/take-stock.ts';
import { balanceScore, countOthers } from './scores/balance-score.ts';
import { capacityScore } from './scores/capacity-score.ts';
import { combineScores } from './scores/combine-scores.ts';
import { affinityScore, compilePreferredTerms, type Preference } from './scores/preferred-terms.ts';
import { reportedScore } from './scores/reported-score.ts';
import { stickinessScore } from './scores/stickiness-score.ts';
import { taintScore } from './scores/taint-score.ts';

/** What a policy depends on beside the placement that people wrote. */
export interface PolicySurroundings {
  readonly readableSets: readonly ReadableSet[];
  readonly listedConfigs?: ReadonlySet<string>;
  readonly orderKey: string;
  /** Hub namespace of a tenant's composite; absent for what belongs to the platform. */
  readonly tenant?: string;
  /** Set for what Apps stand on: taints and ill health keep neither it nor new Apps with tolerations away. */
  readonly isFoundation?: boolean;
  /** The other Apps of the namespace, as far as the placement asks for them. */
  readonly otherApps: readonly OtherApp[];
  /** Clusters that have the composite and are not healthy with it. */
  readonly unsettled?: ReadonlySet<string>;
  /** What another scheduler decided on, where the placement leaves it to one. */
  readonly decision?: Decision;
  /** What room there is, where the placement says how that is told. */
  readonly stock?: Pick<Stock, 'roomOf' | 'keepsOf'>;
  /** Replicas that a cluster must have room for to get any: all where each cluster runs all of them, else one. */
  readonly replicasToFit?: number;
  readonly rescheduledAt?: string;
  readonly now: Instant;
}

/** Returns the policy that a placement stands for, or all that is wrong with it, with paths below `path`. */
export function compilePolicy(
  spec: PlacementSpec,
  path: string,
  surroundings: PolicySurroundings,
): Checked<PlacementPolicy> {
  const { now, readableSets, listedConfigs, orderKey, rescheduledAt } = surroundings;
  const groups = compileGroups(spec, path);
  const filters = compileFilters(spec, path, surroundings, groups.value ?? []);
  const preferences = compilePreferredTerms(spec.affinity?.preferred ?? [], `${path}.affinity.preferred`);
  const problems = [...(filters.problems ?? []), ...(groups.problems ?? []), ...(preferences.problems ?? [])];
  if (problems.length > 0 || filters.value === undefined || preferences.value === undefined) return { problems };
  const { failbackAfterSeconds, reschedule = ['Unhealthy', 'NoLongerMatches'] } = spec;
  const most = spec.numberOfClusters ?? spec.maxClusters;
  return {
    value: {
      filters: filters.value,
      explain: (cluster) => explainMatch(spec, cluster),
      minClusters: spec.numberOfClusters ?? spec.minClusters ?? 1,
      ...(most !== undefined && { maxClusters: most }),
      readableSets,
      ...(listedConfigs !== undefined && { listedConfigs }),
      excluded: new Set(spec.excludedClusterNames),
      orderKey,
      spread: spec.spread ?? [],
      groups: groups.value ?? [],
      overflows: overflows(spec),
      score: scorer(spec, preferences.value, surroundings),
      ...(reschedule.includes('Unhealthy') && { failoverAfterMs: (spec.failoverAfterSeconds ?? 300) * 1000 }),
      ...(failbackAfterSeconds !== undefined && { failbackAfterMs: failbackAfterSeconds * 1000 }),
      evictionDeadlineMs: (spec.evictionDeadlineSeconds ?? 600) * 1000,
      maxConcurrentMoves: spec.maxConcurrentMoves ?? 1,
      isFresh: isDue(spec.rescheduleAt, rescheduledAt, now),
    },
  };
}

/** Tells whether a placement lets replicas overflow from group to group: only then is it known when a group is full. */
export function overflows({ groups = [], replicas }: PlacementSpec): boolean {
  return groups.length > 0 && replicas?.mode === 'Divided' && replicas.capacity !== undefined;
}

/** Tells whether clusters are to be chosen anew: the time written has come, and that wish was not carried out yet. */
function isDue(rescheduleAt: string | undefined, rescheduledAt: string | undefined, now: Instant): boolean {
  return rescheduleAt !== undefined && rescheduleAt !== rescheduledAt && Date.parse(rescheduleAt) <= now;
}

function compileGroups({ groups = [] }: PlacementSpec, path: string): Checked<readonly ClusterGroup[]> {
  const compiled = groups.map(({ name, clusters }, index) => ({
    name,
    filter: compileClusterSelection(clusters, `${path}.groups[${index}].clusters`),
  }));
  const problems = compiled.flatMap(({ filter }) => filter.problems ?? []);
  if (problems.length > 0) return { problems };
  return {
    value: compiled.flatMap(({ name, filter }) =>
      filter.value === undefined ? [] : [{ name, selects: filter.value }],
    ),
  };
}

function scorer(
  { scoreWeights = {}, tolerations = [], replicas, reportedScores = [] }: PlacementSpec,
  preferences: readonly Preference[],
  { otherApps, now }: PolicySurroundings,
): PlacementPolicy['score'] {
  const { preferred = 1, taints = 1, capacity = 0, balance = 0, stickiness = 0 } = scoreWeights;
  const others = countOthers(otherApps.map(({ assigned }) => assigned));
  return (candidates, present) =>
    combineScores(candidates, [
      { plugin: affinityScore(preferences), weight: preferences.length > 0 ? preferred : 0 },
      { plugin: taintScore(tolerations, now), weight: candidates.some(isAvoided) ? taints : 0 },
      {
        plugin: capacityScore(replicas?.capacity?.property ?? ''),
        weight: replicas?.capacity === undefined ? 0 : capacity,
      },
      { plugin: balanceScore(others), weight: balance },
      { plugin: stickinessScore(present), weight: stickiness },
      ...reportedScores.map(({ property, weight }) => ({ plugin: reportedScore(property, now), weight })),
    ]);
}

/** Where no cluster asks to be avoided, a score for it says nothing. */
function isAvoided({ taints }: Candidate): boolean {
  return taints.some(({ effect }) => effect === 'PreferNoSchedule');
}
