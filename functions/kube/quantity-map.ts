import { isJsonObject, type Json } from './json.ts';
import type { Problem } from './problem.ts';
import { parseQuantity } from './quantity.ts';

/** Returns a problem for every value of a map of quantities (requests, limits, a quota) that Kubernetes would not take; one that a hole fills later is left alone. */
export function checkQuantityMap(map: Json | undefined, path: string): readonly Problem[] {
  if (!isJsonObject(map)) return [];
  return Object.entries(map).flatMap(([name, value]) => {
    if (typeof value === 'string' && value.includes('${')) return [];
    const isWritten = typeof value === 'string' || typeof value === 'number';
    const problems = isWritten ? (parseQuantity(value).problems ?? []) : [{ path: '', message: 'must be a quantity' }];
    return problems.map((problem) => ({ ...problem, path: `${path}["${name}"]` }));
  });
}
