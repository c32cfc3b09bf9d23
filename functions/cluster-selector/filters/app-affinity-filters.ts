import type { AppReference } from '../../generated/types.ts';
import { type Filter, mismatch } from './filter.ts';

/** Another App of the namespace, as far as placement cares. */
export interface OtherApp {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** Clusters that it is assigned to. */
  readonly clusters: ReadonlySet<string>;
}

/** Returns the filter that lets clusters pass on which every App referred to runs already. */
export function appAffinityFilter(references: readonly AppReference[], apps: readonly OtherApp[]): Filter {
  return {
    name: 'AppAffinity',
    newWork({ facts: { name } }) {
      const missing = references.find((reference) => !runsOn(name, reference, apps));
      return missing === undefined ? undefined : mismatch(`${describe(missing)} is not there`);
    },
  };
}

/** Returns the filter that lets clusters pass on which none of the Apps referred to runs. */
export function appAntiAffinityFilter(references: readonly AppReference[], apps: readonly OtherApp[]): Filter {
  return {
    name: 'AppAntiAffinity',
    newWork({ facts: { name } }) {
      const present = references.find((reference) => runsOn(name, reference, apps));
      return present === undefined ? undefined : mismatch(`${describe(present)} is there`);
    },
  };
}

function runsOn(cluster: string, reference: AppReference, apps: readonly OtherApp[]): boolean {
  return apps.some((app) => app.clusters.has(cluster) && refersTo(reference, app));
}

function refersTo({ name, matchLabels }: AppReference, app: OtherApp): boolean {
  if (name !== undefined) return name === app.name;
  return Object.entries(matchLabels ?? {}).every(([key, value]) => app.labels[key] === value);
}

function describe({ name, matchLabels = {} }: AppReference): string {
  if (name !== undefined) return `App ${name}`;
  return `an App with ${Object.entries(matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(', ')}`;
}
