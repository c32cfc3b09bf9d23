import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import { checkPropertyName } from '../../clusters/property-name.ts';
import { quantityProperty } from '../../clusters/quantity-property.ts';
import type { Checked, Problem } from '../../kube/problem.ts';
import { compareQuantities, formatQuantity, type Quantity } from '../../kube/quantity.ts';
import { type Extremes, interpolate, type Line } from './interpolate.ts';

/** Ranks clusters by a property that holds a quantity; Ascending means that smaller is better. */
export interface PropertySorter {
  readonly property: string;
  readonly order: 'Ascending' | 'Descending';
}

const LINES: ReadonlyMap<string, (weight: number) => Line> = new Map([
  ['Ascending', (weight: number) => ({ atMin: weight, atMax: 0 })],
  ['Descending', (weight: number) => ({ atMin: 0, atMax: weight })],
]);

/** Returns what is wrong with a sorter: a malformed well-known name, or an order that does not exist. */
export function checkSorter({ property, order }: PropertySorter, path: string): Problem[] {
  const problems = checkPropertyName(property, `${path}.property`);
  return LINES.has(order) ? problems : [...problems, unknownOrder(order, `${path}.order`)];
}

function unknownOrder(order: string, path: string): Problem {
  return { path, message: `must be one of ${[...LINES.keys()].join(', ')} (got "${order}")` };
}

/** Returns the smallest and largest quantity that clusters publish under a name; no value when none publishes it, and problems for each that publishes something else. */
export function propertyExtremes(
  property: string,
  clusters: Iterable<Pick<ClusterFacts, 'properties'>>,
): { readonly extremes?: Extremes<Quantity>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  let extremes: Extremes<Quantity> | undefined;
  for (const cluster of clusters) {
    const { value, problems: refused = [] } = quantityProperty(property, cluster);
    problems.push(...refused);
    const quantity = value?.quantity;
    if (quantity === undefined) continue;
    if (extremes === undefined) extremes = { min: quantity, max: quantity };
    else if (compareQuantities(quantity, extremes.min) < 0) extremes = { ...extremes, min: quantity };
    else if (compareQuantities(quantity, extremes.max) > 0) extremes = { ...extremes, max: quantity };
  }
  return extremes === undefined ? { problems } : { extremes, problems };
}

/**
 * Returns how much of a weight a cluster gets from a sorter: the whole at the best extreme, 0 at the worst, linear between,
 * rounded with halves away from zero (as KubeFleet does); 0 when it does not publish the property or the extremes are the
 * same. Refuses what is no quantity, and a quantity that the extremes do not cover.
 */
export function sorterShare(
  { property, order }: PropertySorter,
  weight: number,
  extremes: Extremes<Quantity> | undefined,
  cluster: Pick<ClusterFacts, 'properties'>,
): Checked<number> {
  const { value, problems } = quantityProperty(property, cluster);
  if (problems !== undefined) return { problems };
  const { quantity } = value;
  if (quantity === undefined) return { value: 0 };
  if (extremes === undefined) return refuse(property, 'has no extremes, yet a cluster publishes it');
  const { min, max } = extremes;
  if (compareQuantities(quantity, min) < 0 || compareQuantities(quantity, max) > 0) {
    const range = `${formatQuantity(min)}..${formatQuantity(max)}`;
    return refuse(property, `must lie within its extremes ${range} (got ${formatQuantity(quantity)})`);
  }
  if (min.nano === max.nano) return { value: 0 };
  const line = LINES.get(order);
  if (line === undefined) return { problems: [unknownOrder(order, 'order')] };
  return { value: interpolate(quantity.nano, { min: min.nano, max: max.nano }, line(weight)) };
}

function refuse(path: string, message: string): { readonly problems: readonly Problem[] } {
  return { problems: [{ path, message }] };
}
