import { checkTolerations } from '../clusters/check-tolerations.ts';
import type { ClusterFacts } from '../clusters/cluster-facts.ts';
import { type ClusterFilter, compileClusterSelection } from '../clusters/cluster-selection.ts';
import { compileRequiredTerms } from '../clusters/cluster-term.ts';
import { isOrderedRequirement } from '../clusters/property-requirement.ts';
import type { ClusterTerm, Placement as PlacementSpec } from '../generated/types.ts';
import type { Checked, Problem } from '../kube/problem.ts';
import type { PolicySurroundings } from './compile-policy.ts';
import { appAffinityFilter, appAntiAffinityFilter } from './filters/app-affinity-filters.ts';
import { capacityFilter } from './filters/capacity-filter.ts';
import { decisionFilter } from './filters/decision-filter.ts';
import { type Filter, mismatch } from './filters/filter.ts';
import { healthFilter } from './filters/health-filter.ts';
import { pauseFilter } from './filters/pause-filter.ts';
import { requirementsFilter } from './filters/requirements-filter.ts';
import { selectionFilter } from './filters/selection-filter.ts';
import { spreadFilter } from './filters/spread-filter.ts';
import { taintFilter } from './filters/taint-filter.ts';
import { tenancyFilter } from './filters/tenancy-filter.ts';
import type { ClusterGroup } from './policy.ts';

/** Returns the filters that a placement stands for, in the order in which a reason is looked for, or all that is wrong with it. */
export function compileFilters(
  spec: PlacementSpec,
  path: string,
  surroundings: PolicySurroundings,
  groups: readonly ClusterGroup[],
): Checked<readonly Filter[]> {
  const { tenant, otherApps, unsettled = new Set(), decision, isFoundation = false, now } = surroundings;
  const { stock, replicasToFit = 1 } = surroundings;
  const { tolerations = [], requirements, appAffinity = [], appAntiAffinity = [] } = spec;
  const terms: readonly ClusterTerm[] = spec.affinity?.required ?? [];
  const selection = compileClusterSelection(spec, path);
  const required = compileRequiredTerms(terms, `${path}.affinity.required`);
  const lasting = compileRequiredTerms(terms.map(withoutOrder), `${path}.affinity.required`);
  const problems: readonly Problem[] = [
    ...(selection.problems ?? []),
    ...(required.problems ?? []),
    ...checkTolerations(tolerations, `${path}.tolerations`),
  ];
  if (
    problems.length > 0 ||
    selection.value === undefined ||
    required.value === undefined ||
    lasting.value === undefined
  ) {
    return { problems };
  }
  const leaves = spec.reschedule?.includes('NoLongerMatches') ?? true;
  const graceMs = leaves ? (spec.gracePeriodSeconds ?? 300) * 1000 : Number.POSITIVE_INFINITY;
  return {
    value: [
      pauseFilter,
      selectionFilter('Selection', selection.value, graceMs),
      ...(terms.length > 0 ? [selectionFilter('Affinity', required.value, graceMs, lasting.value)] : []),
      ...(decision === undefined ? [] : [decisionFilter(spec.fromDecision ?? '', decision, graceMs)]),
      ...(groups.length > 0 ? [selectionFilter('Groups', inSomeGroup(groups), graceMs)] : []),
      ...(spec.spread === undefined ? [] : [spreadFilter(spec.spread)]),
      ...(isFoundation ? [] : [taintFilter(tolerations, now), healthFilter]),
      ...(requirements === undefined ? [] : [requirementsFilter(requirements)]),
      ...(stock === undefined ? [] : [capacityFilter(stock, { replicasToFit, isLeftWhole: isLeftWhole(spec), now })]),
      ...(tenant === undefined ? [] : [tenancyFilter(tenant)]),
      ...(appAffinity.length > 0 ? [appAffinityFilter(appAffinity, otherApps)] : []),
      ...(appAntiAffinity.length > 0 ? [appAntiAffinityFilter(appAntiAffinity, otherApps, { unsettled, now })] : []),
    ],
  };
}

/** What is about amounts decides where new work goes and does not drive away what runs: amounts change all the time. */
function withoutOrder({ properties = [], ...term }: ClusterTerm): ClusterTerm {
  return { ...term, properties: properties.filter((each) => !isOrderedRequirement(each)) };
}

/** Tells whether a cluster without room for what it was promised is left for another: where each runs all replicas, or a number of clusters is asked for. */
function isLeftWhole({ replicas, numberOfClusters, maxClusters }: PlacementSpec): boolean {
  return replicas?.mode !== 'Divided' || numberOfClusters !== undefined || maxClusters !== undefined;
}

function inSomeGroup(groups: readonly ClusterGroup[]): ClusterFilter {
  return (cluster: ClusterFacts) => {
    const answers = groups.map(({ selects }) => selects(cluster));
    if (answers.includes(undefined)) return undefined;
    return answers.find((answer) => answer?.because === 'error') ?? mismatch('in none of the groups');
  };
}
