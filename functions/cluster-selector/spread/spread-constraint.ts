import type { ClusterFacts } from '../../clusters/cluster-facts.ts';

/** How evenly clusters are spread over the values of one label or property. */
export interface SpreadConstraint {
  /** Label whose values are the domains. */
  readonly topologyKey?: string;
  /** Property whose values are the domains; give either this or a label. */
  readonly property?: string;
  /** By how much the fullest domain may exceed the emptiest: 1 when left out. */
  readonly maxSkew?: number;
  /** While there are fewer domains than this, the emptiest counts as having none. */
  readonly minDomains?: number;
  /** In how many domains clusters are chosen at the most. */
  readonly maxDomains?: number;
  readonly whenUnsatisfiable?: 'DoNotSchedule' | 'ScheduleAnyway';
}

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
