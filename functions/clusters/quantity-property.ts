import type { Checked } from '../kube/problem.ts';
import { parseQuantity, type Quantity } from '../kube/quantity.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { checkPropertyName } from './property-name.ts';

/** A quantity, or nothing when the cluster does not publish it. */
export type KnownQuantity = { readonly quantity?: Quantity };

/** Returns the quantity that a property of a cluster holds; refuses a malformed well-known name and a value that is no quantity. */
export function quantityProperty(
  name: string,
  { properties }: Pick<ClusterFacts, 'properties'>,
): Checked<KnownQuantity> {
  const problems = checkPropertyName(name, '');
  if (problems.length > 0) return { problems };
  const text = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (text === undefined) return { value: {} };
  const parsed = parseQuantity(text);
  if (parsed.problems !== undefined) return { problems: parsed.problems.map((each) => ({ ...each, path: name })) };
  return { value: { quantity: parsed.value } };
}
