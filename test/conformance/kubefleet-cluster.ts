import type { ClusterFacts } from '../../functions/clusters/cluster-facts.ts';
import { resourcePropertyPrefix } from '../../functions/clusters/property-name.ts';

type Amounts = { readonly [resource: string]: string };

/** A cluster as the kubefleet-placement tables write it. */
export interface FleetCluster {
  readonly name?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly properties?: { readonly [name: string]: string };
  readonly resources?: { readonly [kind in keyof typeof kinds]?: Amounts };
}

const kinds = { capacity: 'total', allocatable: 'allocatable', available: 'available' } as const;

/** Returns what is known of a cluster; its resources are properties with well-known names. */
export function factsOf({ name = '', labels = {}, properties = {}, resources = {} }: FleetCluster): ClusterFacts {
  const amounts = Object.entries(kinds).flatMap(([kind, word]) =>
    Object.entries(resources[kind as keyof typeof kinds] ?? {}).map(([resource, amount]): [string, string] => [
      resourceProperty(`${word}-${resource}`),
      amount,
    ]),
  );
  return { name, labels, properties: { ...properties, ...Object.fromEntries(amounts) }, version: '', set: '' };
}

/** Returns the property that stands for a resource such as total-cpu. */
export function resourceProperty(name: string): string {
  return `${resourcePropertyPrefix}${name}`;
}
