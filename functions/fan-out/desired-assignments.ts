import type { ChosenCluster } from '../cluster-selector/placement.ts';
import type { ClusterFilter } from '../clusters/cluster-selection.ts';
import { currentFormat } from '../delivery/formats.ts';
import type { Assignment } from '../generated/types.ts';
import type { Json } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import type { CompiledRevision } from '../revision/compile-revision.ts';
import { evaluateExpressions, type TemplateEnvironment } from '../template/environment.ts';
import { shareValues } from './share-values.ts';

/** What every hole may see that is the same for all clusters. */
export type SharedEnvironment = Omit<TemplateEnvironment, 'cluster' | 'replicas' | 'share'>;

/** What a chosen cluster should have, or why its values cannot be told. */
export type Wanted = {
  readonly assignments: ReadonlyMap<string, Assignment>;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
};

/** Returns the assignment of each chosen cluster to a Revision: the overrides that match it and the values of exactly the holes it uses; all of those that share replicas have a part in what is shared. */
export function desiredAssignments(
  revisionName: string,
  revision: CompiledRevision,
  overrideFilters: readonly ClusterFilter[],
  chosen: readonly ChosenCluster[],
  shared: SharedEnvironment,
  all: readonly ChosenCluster[] = chosen,
): Wanted {
  const sharesOf = shareValues(all);
  const assignments = new Map<string, Assignment>();
  const problems = new Map<string, readonly Problem[]>();
  for (const cluster of chosen) {
    const { name } = cluster.facts;
    const overrides = overrideFilters.flatMap((filter, index) => (filter(cluster.facts) === undefined ? [index] : []));
    const expressions = revision.expressions(overrides);
    if (expressions.problems !== undefined) {
      problems.set(name, expressions.problems);
      continue;
    }
    const { expressions: holes, pathOf } = expressions.value;
    const share = sharesOf(cluster, holes);
    const environment = { ...shared, cluster: cluster.facts, replicas: cluster.replicas, share };
    const evaluated = evaluateExpressions(holes, environment, pathOf);
    if (evaluated.problems.length > 0) problems.set(name, evaluated.problems);
    else assignments.set(name, assignmentOf(cluster, revisionName, overrides, evaluated.values));
  }
  return { assignments, problems };
}

/** Empty parts are left out, so that an entry read back equals the one written. A value that is null is left out too: it removes its field. */
function assignmentOf(
  { facts, key, providerConfig, replicas }: ChosenCluster,
  revision: string,
  overrides: readonly number[],
  values: ReadonlyMap<string, Json>,
): Assignment {
  const list = [...values].map(([expression, value]) => (value === null ? { expression } : { expression, value }));
  return {
    cluster: facts.name,
    ...(key !== undefined && { key }),
    providerConfig,
    revision,
    format: currentFormat,
    ...(list.length > 0 && { values: list }),
    ...(overrides.length > 0 && { overrides }),
    ...(Object.keys(replicas).length > 0 && { replicas }),
    state: 'Assigned',
  };
}
