import { isJsonList, isJsonObject, type Json } from '../kube/json.ts';
import { dividedTotal } from './divided-total.ts';

/** Replicas by component, and the components of which a cluster keeps its part for good. */
export interface ReplicaTotals {
  readonly totals: { readonly [component: string]: number };
  readonly fixed: readonly string[];
}

/** Returns the replicas of the components that state a number; a hole is filled per cluster later. Where clusters share them, so do other numbers. */
export function replicaTotals(components: Json | undefined, isDivided: boolean): ReplicaTotals {
  const stated = (isJsonList(components) ? components : []).flatMap((component) => {
    if (!isJsonObject(component) || typeof component['name'] !== 'string') return [];
    const { name, replicas } = component;
    const alone = typeof replicas === 'number' ? { total: replicas, isFixed: false } : undefined;
    const all = isDivided ? dividedTotal(component) : alone;
    return all === undefined ? [] : [{ name, ...all }];
  });
  const sorted = stated.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    totals: Object.fromEntries(sorted.map(({ name, total }) => [name, total])),
    fixed: sorted.flatMap(({ name, isFixed }) => (isFixed ? [name] : [])),
  };
}
