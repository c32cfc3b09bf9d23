import type { Assignment } from '../generated/types.ts';
import type { Json } from '../kube/json.ts';

/** Returns the hole values of an assignment by expression; a value that was left out is null. */
export function holeValues({ values = [] }: Assignment): ReadonlyMap<string, Json> {
  return new Map(values.map(({ expression, value }) => [expression, (value ?? null) as Json]));
}
