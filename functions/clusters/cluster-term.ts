import type { ClusterTerm, PropertyRequirement } from '../generated/types.ts';
import type { Checked, Problem } from '../kube/problem.ts';
import { type ClusterFilter, compileClusterSelection, type Rejection } from './cluster-selection.ts';
import { checkPropertyRequirement, compilePropertyRequirement, describeRequirement } from './property-requirement.ts';

/** Returns the filter that a term stands for, or all that is wrong with it. A term without parts lets every cluster pass. */
export function compileClusterTerm(term: ClusterTerm, path: string): Checked<ClusterFilter> {
  const parts = compileParts(term, path);
  if (parts.problems !== undefined) return parts;
  return { value: (cluster) => firstMiss(parts.value, cluster)?.rejection };
}

/**
 * Returns the filter that lets clusters pass which meet any one of the terms, or all that is wrong with them; without terms
 * every cluster passes. When no term is met, the reason is the first part missed of the term that got furthest; and when
 * one of them could not be told at all, neither can the answer.
 */
export function compileRequiredTerms(terms: readonly ClusterTerm[], path: string): Checked<ClusterFilter> {
  const compiled = terms.map((term, index) => compileParts(term, `${path}[${index}]`));
  const problems = compiled.flatMap((each) => each.problems ?? []);
  if (problems.length > 0) return { problems };
  const alternatives = compiled.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return { value: (cluster) => rejectionOfAll(alternatives, cluster) };
}

type Parts = readonly ClusterFilter[];
type Miss = { readonly rejection: Rejection; readonly passed: number };

/** Returns the parts of a term one by one, what costs least first. */
function compileParts({ clusterSelector, properties = [], cel }: ClusterTerm, path: string): Checked<Parts> {
  const labels = compileClusterSelection({ ...(clusterSelector !== undefined && { clusterSelector }) }, path);
  const expression = compileClusterSelection({ ...(cel !== undefined && { cel }) }, path);
  const problems: Problem[] = [
    ...(labels.problems ?? []),
    ...properties.flatMap((each, index) => checkPropertyRequirement(each, `${path}.properties[${index}]`)),
    ...(expression.problems ?? []),
  ];
  if (labels.value === undefined || expression.value === undefined || problems.length > 0) return { problems };
  return {
    value: [
      ...(clusterSelector === undefined ? [] : [labels.value]),
      ...properties.map(propertyFilter),
      ...(cel === undefined ? [] : [expression.value]),
    ],
  };
}

function propertyFilter(requirement: PropertyRequirement): ClusterFilter {
  const check = compilePropertyRequirement(requirement);
  const tally = `${requirement.name} not ${describeRequirement(requirement)}`;
  return (cluster) => {
    const reason = check(cluster);
    return reason === undefined ? undefined : { because: 'mismatch', reason, tally };
  };
}

function firstMiss(parts: Parts, cluster: Parameters<ClusterFilter>[0]): Miss | undefined {
  for (const [passed, part] of parts.entries()) {
    const rejection = part(cluster);
    if (rejection !== undefined) return { rejection, passed };
  }
  return undefined;
}

function rejectionOfAll(alternatives: readonly Parts[], cluster: Parameters<ClusterFilter>[0]): Rejection | undefined {
  let furthest: Miss | undefined;
  let untold: Rejection | undefined;
  for (const parts of alternatives) {
    const miss = firstMiss(parts, cluster);
    if (miss === undefined) return undefined;
    if (miss.rejection.because === 'error') untold ??= miss.rejection;
    if (furthest === undefined || miss.passed > furthest.passed) furthest = miss;
  }
  return untold ?? furthest?.rejection;
}
