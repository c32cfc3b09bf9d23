import type { ClusterFacts } from '../clusters/cluster-facts.ts';
import { type ClusterFilter, compileClusterSelection } from '../clusters/cluster-selection.ts';
import type { Taint, TaintRule } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';

/** A taint as a rule gives it to a cluster: when it came is known only by comparing with before. */
export type GivenTaint = Omit<Taint, 'since'>;

/** The taint rules of a ClusterSet, ready to be asked. */
export interface CompiledTaints {
  /** Why some rules cannot be used; they taint no cluster. */
  readonly problems: readonly Problem[];
  /** Returns the taints of a cluster, sorted; a taint whose rule cannot be evaluated for it stays as it was before. */
  taintsOf(cluster: ClusterFacts, before: readonly GivenTaint[]): readonly GivenTaint[];
}

/** Returns the taint rules of a ClusterSet compiled, and what is wrong with those that cannot be. */
export function compileTaints(rules: readonly TaintRule[], path: string): CompiledTaints {
  const compiled = rules.map((rule, index) => ({
    rule,
    filter: compileClusterSelection(rule.clusters, `${path}[${index}].clusters`),
  }));
  const usable = compiled.flatMap(({ rule, filter }) =>
    filter.problems === undefined ? [{ taint: givenBy(rule), applies: filter.value }] : [],
  );
  return {
    problems: compiled.flatMap(({ filter }) => filter.problems ?? []),
    taintsOf: (cluster, before) => taintsOf(cluster, before, usable),
  };
}

function taintsOf(
  cluster: ClusterFacts,
  before: readonly GivenTaint[],
  rules: readonly { readonly taint: GivenTaint; readonly applies: ClusterFilter }[],
): readonly GivenTaint[] {
  const taints = new Map<string, GivenTaint>();
  for (const { taint, applies } of rules) {
    const rejection = applies(cluster);
    const wasThere = before.some((known) => taintKey(known) === taintKey(taint));
    if (rejection === undefined || (rejection.because === 'error' && wasThere)) taints.set(taintKey(taint), taint);
  }
  return [...taints].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, taint]) => taint);
}

function givenBy({ key, value, effect }: TaintRule): GivenTaint {
  return { key, ...(value !== undefined && value !== '' && { value }), effect };
}

/** Returns what tells one taint from another: key, value and effect. */
export function taintKey({ key, value = '', effect }: GivenTaint): string {
  return `${key}=${value}:${effect}`;
}
