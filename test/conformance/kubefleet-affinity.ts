import type { Extremes } from '../../functions/cluster-selector/scores/interpolate.ts';
import {
  type Preference,
  preferenceShare,
  type SorterExtremes,
} from '../../functions/cluster-selector/scores/preferred-terms.ts';
import {
  type PropertySorter,
  propertyExtremes,
  sorterShare,
} from '../../functions/cluster-selector/scores/property-sorter.ts';
import { compileClusterTerm, compileRequiredTerms } from '../../functions/clusters/cluster-term.ts';
import { quantityProperty } from '../../functions/clusters/quantity-property.ts';
import type { ClusterTerm, LabelSelector, PropertyRequirement } from '../../functions/generated/types.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import { formatQuantity, parseQuantity, type Quantity } from '../../functions/kube/quantity.ts';
import { type FleetCluster, factsOf, resourceProperty } from './kubefleet-cluster.ts';

type Sorter = { readonly name: string; readonly sortOrder: PropertySorter['order'] };
type Term = {
  readonly labelSelector?: LabelSelector | null;
  readonly propertySelector?: readonly PropertyRequirement[] | null;
  readonly propertySorter?: Sorter | null;
};
type WeightedTerm = { readonly weight: number; readonly term: Term };
type Texts = { readonly [property: string]: { readonly min?: string | null; readonly max?: string | null } };

/** Questions about affinity. */
export type AffinityQuestion =
  | { op: 'resourceUsage' | 'property'; name: string; cluster: FleetCluster }
  | { op: 'requirement'; term: Term; cluster: FleetCluster }
  | { op: 'filter'; terms: readonly Term[]; cluster: FleetCluster }
  | { op: 'preference'; term: Term; weight: number; extremes: Texts; cluster: FleetCluster }
  | { op: 'score'; terms: readonly WeightedTerm[]; extremes: Texts; cluster: FleetCluster }
  | {
      op: 'interpolate';
      property: string;
      sortOrder: PropertySorter['order'];
      weight: number;
      extremes: Texts;
      cluster: FleetCluster;
    }
  | ({ op: 'extremes'; clusters: readonly FleetCluster[] } & JsonObject);

/** Answers a question about affinity. */
export function answerAffinity(question: AffinityQuestion): Json {
  switch (question.op) {
    case 'resourceUsage':
      return property(resourceProperty(question.name), question.cluster);
    case 'property':
      return property(question.name, question.cluster);
    case 'requirement':
      return requirement(question.term, question.cluster);
    case 'filter': {
      const filter = compileRequiredTerms(question.terms.map(termOf), 'terms');
      if (filter.problems !== undefined) return { error: true };
      return { eligible: filter.value(factsOf(question.cluster)) === undefined };
    }
    case 'preference': {
      const preference = preferenceOf(question);
      const { cluster, extremes } = question;
      if (preference.problems !== undefined) return { error: true };
      return scored('score', preferenceShare(preference.value, factsOf(cluster), extremesOf(extremes)));
    }
    case 'score': {
      const preferences = question.terms.map(preferenceOf);
      if (preferences.some(({ problems }) => problems !== undefined)) return { error: true };
      const known = preferences.flatMap(({ value }) => value ?? []);
      const extremes = extremesOf(question.extremes);
      const shares = known.map((preference) => preferenceShare(preference, factsOf(question.cluster), extremes));
      if (shares.some(({ problems }) => problems !== undefined)) return { error: true };
      return { affinityScore: shares.reduce((sum, { value = 0 }) => sum + value, 0) };
    }
    case 'interpolate': {
      const { property, sortOrder: order, weight, extremes, cluster } = question;
      const known = extremesOf(extremes).get(property);
      return scored('score', sorterShare({ property, order }, weight, known, factsOf(cluster)));
    }
    case 'extremes': {
      const { clusters, ...sorters } = question;
      return extremesOver(clusters, sorterNames(sorters));
    }
  }
}

function property(name: string, cluster: FleetCluster): Json {
  const { value, problems } = quantityProperty(name, factsOf(cluster));
  if (problems !== undefined) return { error: true };
  return { value: value.quantity === undefined ? null : formatQuantity(value.quantity) };
}

/** KubeFleet's properties are quantities and nothing else: once the labels match, any other text is a mistake. */
function requirement(term: Term, cluster: FleetCluster): Json {
  const facts = factsOf(cluster);
  const { properties = [], ...labels } = termOf(term);
  const filter = compileClusterTerm({ ...labels, properties }, 'term');
  const byLabels = compileClusterTerm(labels, 'term');
  if (filter.problems !== undefined || byLabels.problems !== undefined) return { error: true };
  if (byLabels.value(facts) !== undefined) return { matches: false };
  const isMistaken = properties.some(
    ({ name, values = [] }) =>
      quantityProperty(name, facts).problems !== undefined ||
      values.some((value) => parseQuantity(value).problems !== undefined),
  );
  return isMistaken ? { error: true } : { matches: filter.value(facts) === undefined };
}

function extremesOver(clusters: readonly FleetCluster[], names: readonly string[]): Json {
  const facts = clusters.map(factsOf);
  const found = names.map((name) => ({ name, ...propertyExtremes(name, facts) }));
  if (found.some(({ problems }) => problems.length > 0)) return { error: true };
  const text = (quantity: Quantity | undefined) => (quantity === undefined ? null : formatQuantity(quantity));
  return {
    extremes: Object.fromEntries(
      found.map(({ name, extremes }) => [name, { min: text(extremes?.min), max: text(extremes?.max) }]),
    ),
  };
}

/** The properties of all sorters that stand anywhere in a question. */
function sorterNames(question: Json): readonly string[] {
  if (isJsonList(question)) return question.flatMap(sorterNames);
  if (!isJsonObject(question)) return [];
  const { name, sortOrder } = question;
  if (typeof name === 'string' && sortOrder !== undefined) return [name];
  return Object.values(question).flatMap((part = null) => sorterNames(part));
}

function termOf({ labelSelector, propertySelector }: Term): ClusterTerm {
  return { ...(labelSelector && { clusterSelector: labelSelector }), properties: propertySelector ?? [] };
}

function preferenceOf({ weight, term }: WeightedTerm): Checked<Preference> {
  const filter = compileClusterTerm(termOf(term), 'term');
  if (filter.problems !== undefined) return filter;
  const { name: property, sortOrder: order } = term.propertySorter ?? {};
  return {
    value: {
      weight,
      filter: filter.value,
      ...(property !== undefined && order !== undefined && { sorter: { property, order } }),
    },
  };
}

function extremesOf(texts: Texts): SorterExtremes {
  return new Map(
    Object.entries(texts).flatMap(([property, { min, max }]): [string, Extremes<Quantity>][] => {
      const [least, most] = [parseQuantity(min ?? '').value, parseQuantity(max ?? '').value];
      return least === undefined || most === undefined ? [] : [[property, { min: least, max: most }]];
    }),
  );
}

function scored(name: string, { value, problems }: Checked<number>): Json {
  return problems === undefined ? { [name]: value } : { error: true };
}
