import type { ClusterSelection } from '../generated/types.ts';
import { checkLabelSelector, matchesLabelSelector } from '../kube/label-selector.ts';
import type { Checked } from '../kube/problem.ts';
import { formatProblem } from '../kube/problem.ts';
import { compileCel } from '../template/cel.ts';
import { type ClusterFacts, isNamedIn, sortMembers } from './cluster-facts.ts';

/** Why a cluster is not selected: it does not match, or the question could not be answered for it. */
export type Rejection = {
  readonly because: 'mismatch' | 'error';
  readonly reason: string;
  /** The reason without what differs from cluster to cluster, for counting; the reason itself when left out. */
  readonly tally?: string;
  /** The one change of the policy or of the cluster that would let it pass, if there is one. */
  readonly suggestion?: string;
};

/** Returns why a cluster is not selected, or nothing when it is. */
export type ClusterFilter = (cluster: ClusterFacts) => Rejection | undefined;

/** Returns the filter that a ClusterSelection stands for (every part given must hold), or all that is wrong with it. */
export function compileClusterSelection(selection: ClusterSelection, path: string): Checked<ClusterFilter> {
  const selectorProblems =
    selection.clusterSelector === undefined
      ? []
      : checkLabelSelector(selection.clusterSelector, `${path}.clusterSelector`);
  const cel = selection.cel === undefined ? undefined : celFilter(selection.cel, `${path}.cel`);
  const problems = [...selectorProblems, ...(cel?.problems ?? [])];
  if (problems.length > 0) return { problems };
  const filters = [
    selection.excludedClusterNames && notExcluded(new Set(selection.excludedClusterNames)),
    selection.clusterNames && named(new Set(selection.clusterNames)),
    selection.clusterSelector && labelled(selection.clusterSelector),
    cel?.value,
  ].filter((filter) => filter !== undefined);
  return { value: (cluster) => firstRejection(filters, cluster) };
}

function firstRejection(filters: readonly ClusterFilter[], cluster: ClusterFacts): Rejection | undefined {
  for (const filter of filters) {
    const rejection = filter(cluster);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

function mismatch(reason: string): Rejection {
  return { because: 'mismatch', reason };
}

function notExcluded(excluded: ReadonlySet<string>): ClusterFilter {
  return (cluster) => (isNamedIn(excluded, cluster) ? mismatch('excluded by name') : undefined);
}

function named(names: ReadonlySet<string>): ClusterFilter {
  return (cluster) => (isNamedIn(names, cluster) ? undefined : mismatch('not among the cluster names'));
}

function labelled(selector: NonNullable<ClusterSelection['clusterSelector']>): ClusterFilter {
  return ({ labels }) => {
    if (matchesLabelSelector(selector, labels)) return undefined;
    const { reason, ...rest } = explainSelector(selector, labels);
    return { because: 'mismatch', reason: `labels do not match: ${reason}`, ...rest };
  };
}

function explainSelector(
  selector: NonNullable<ClusterSelection['clusterSelector']>,
  labels: ClusterFacts['labels'],
): Omit<Rejection, 'because'> {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  for (const [key, value] of Object.entries(sortMembers(matchLabels))) {
    if (labels[key] === value) continue;
    return {
      reason: `${key} is ${labels[key] ?? 'not set'}, not ${value}`,
      tally: `${key} not ${value}`,
      ...(matchesLabelSelector(selector, { ...labels, [key]: value }) && { suggestion: `label ${key}=${value}` }),
    };
  }
  for (const expression of matchExpressions) {
    if (matchesLabelSelector({ matchExpressions: [expression] }, labels)) continue;
    const { key, operator, values = [] } = expression;
    const wanted = values.length > 0 ? `${operator} (${values.join(', ')})` : operator;
    return { reason: `${key} is ${labels[key] ?? 'not set'}, wanted ${wanted}`, tally: `${key} not ${wanted}` };
  }
  return { reason: 'no rule named' };
}

function celFilter(source: string, path: string): Checked<ClusterFilter> {
  const program = compileCel(source, ['cluster']);
  if (program.problems !== undefined) return { problems: program.problems.map((problem) => ({ ...problem, path })) };
  return {
    value: (cluster) => {
      const result = program.value.evaluate({ cluster });
      if (result.problems !== undefined) {
        return {
          because: 'error',
          reason: `cel: ${result.problems.map((p) => formatProblem({ ...p, path: '' })).join('; ')}`,
        };
      }
      if (result.value === true) return undefined;
      if (result.value === false) return mismatch(`cel is false: ${source}`);
      return { because: 'error', reason: `cel: must return a boolean (got ${JSON.stringify(result.value)})` };
    },
  };
}
