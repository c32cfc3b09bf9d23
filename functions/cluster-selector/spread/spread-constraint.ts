import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { SpreadConstraint } from '../../generated/types.ts';

/** Tells whether a constraint is strict; only ScheduleAnyway makes it a wish. */
export function isHard({ whenUnsatisfiable }: Pick<SpreadConstraint, 'whenUnsatisfiable'>): boolean {
  return whenUnsatisfiable !== 'ScheduleAnyway';
}

/** Returns the domain of a cluster: the value of its label or property; nothing when it has none and stands outside. */
export function domainOf(
  { topologyKey, property }: Pick<SpreadConstraint, 'topologyKey' | 'property'>,
  { labels, properties }: Pick<ClusterFacts, 'labels' | 'properties'>,
): string | undefined {
  const [values, key] = topologyKey === undefined ? [properties, property] : [labels, topologyKey];
  return key !== undefined && Object.hasOwn(values, key) ? values[key] : undefined;
}

/** Returns the label or property that a constraint is about, for messages. */
export function spreadKey({ topologyKey, property = '' }: Pick<SpreadConstraint, 'topologyKey' | 'property'>): string {
  return topologyKey ?? property;
}
