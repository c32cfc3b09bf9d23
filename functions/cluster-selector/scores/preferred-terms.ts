import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { ClusterFilter } from '../../clusters/cluster-selection.ts';
import { compileClusterTerm } from '../../clusters/cluster-term.ts';
import type { PreferredTerm } from '../../generated/types.ts';
import type { Checked } from '../../kube/problem.ts';
import type { Quantity } from '../../kube/quantity.ts';
import { type Extremes, interpolate } from './interpolate.ts';
import { checkSorter, type PropertySorter, propertyExtremes, sorterShare } from './property-sorter.ts';
import type { ScorePlugin } from './score-plugin.ts';

/** A preferred term that can be asked about any number of clusters. */
export interface Preference {
  readonly weight: number;
  readonly filter: ClusterFilter;
  readonly sorter?: PropertySorter;
}

/** The extremes of the properties that preferences sort by. */
export type SorterExtremes = ReadonlyMap<string, Extremes<Quantity>>;

/** Returns preferred terms ready to be asked, or all that is wrong with them. */
export function compilePreferredTerms(terms: readonly PreferredTerm[], path: string): Checked<readonly Preference[]> {
  const compiled = terms.map((term, index) => compilePreferredTerm(term, `${path}[${index}]`));
  const problems = compiled.flatMap((each) => each.problems ?? []);
  return problems.length > 0 ? { problems } : { value: compiled.flatMap(({ value }) => value ?? []) };
}

function compilePreferredTerm({ weight, term = {}, sorter }: PreferredTerm, path: string): Checked<Preference> {
  const filter = compileClusterTerm(term, `${path}.term`);
  const problems = [...(filter.problems ?? []), ...(sorter === undefined ? [] : checkSorter(sorter, `${path}.sorter`))];
  if (filter.value === undefined || problems.length > 0) return { problems };
  return { value: { weight, filter: filter.value, ...(sorter !== undefined && { sorter }) } };
}

/** Returns the extremes of every property that preferences sort by, over all clusters; one that no cluster publishes has none. */
export function sorterExtremes(
  preferences: readonly Pick<Preference, 'sorter'>[],
  clusters: readonly Pick<ClusterFacts, 'properties'>[],
): SorterExtremes {
  const properties = new Set(preferences.flatMap(({ sorter }) => sorter?.property ?? []));
  return new Map(
    [...properties].flatMap((property) => {
      const { extremes } = propertyExtremes(property, clusters);
      return extremes === undefined ? [] : [[property, extremes] as const];
    }),
  );
}

/** Returns how much of its weight one preference gives a cluster: none when the term is not met, else its sorter's share or all. */
export function preferenceShare(
  { weight, filter, sorter }: Preference,
  cluster: ClusterFacts,
  extremes: SorterExtremes,
): Checked<number> {
  if (filter(cluster) !== undefined) return { value: 0 };
  return sorter === undefined ? { value: weight } : sorterShare(sorter, weight, extremes.get(sorter.property), cluster);
}

/**
 * Returns the plugin that scores clusters by what they had better be like: the weights of the terms met, out of all weights.
 * A term that cannot be told for a cluster gives it nothing, as one that is not met.
 */
export function affinityScore(preferences: readonly Preference[]): ScorePlugin {
  const all = BigInt(preferences.reduce((sum, { weight }) => sum + weight, 0));
  return {
    name: 'Affinity',
    score(candidates) {
      if (all === 0n) return candidates.map(() => 0);
      const extremes = sorterExtremes(
        preferences,
        candidates.map(({ facts }) => facts),
      );
      return candidates.map(({ facts }) => {
        const shares = preferences.map((preference) => preferenceShare(preference, facts, extremes).value ?? 0);
        const sum = BigInt(shares.reduce((total, share) => total + share, 0));
        return interpolate(sum, { min: 0n, max: all }, { atMin: 0, atMax: 100 });
      });
    },
  };
}
