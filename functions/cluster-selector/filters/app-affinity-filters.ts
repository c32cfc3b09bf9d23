import { isNamedIn } from '../../clusters/cluster-facts.ts';
import type { AppReference } from '../../generated/types.ts';
import { matchesLabelSelector } from '../../kube/label-selector.ts';
import { type Filter, mismatch } from './filter.ts';

/** Another App of the namespace, as far as placement cares. */
export interface OtherApp {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** Clusters that it is assigned to. */
  readonly assigned: ReadonlySet<string>;
  /** Clusters that it was chosen for and waits to join. */
  readonly joining: ReadonlySet<string>;
}

/** Returns the filter that lets clusters pass on which every App referred to runs already. */
export function appAffinityFilter(references: readonly AppReference[], apps: readonly OtherApp[]): Filter {
  return {
    name: 'AppAffinity',
    newWork({ facts }) {
      const there = apps.filter(({ assigned }) => isNamedIn(assigned, facts));
      const missing = references.find((reference) => !there.some((app) => refersTo(reference, app)));
      return missing === undefined ? undefined : mismatch(`${describe(missing)} is not there`);
    },
  };
}

/** Returns the filter that lets clusters pass on which none of the Apps referred to runs, or waits to join. */
export function appAntiAffinityFilter(references: readonly AppReference[], apps: readonly OtherApp[]): Filter {
  return {
    name: 'AppAntiAffinity',
    newWork({ facts }) {
      const there = apps.filter(({ assigned, joining }) => isNamedIn(assigned, facts) || isNamedIn(joining, facts));
      const present = references.find((reference) => there.some((app) => refersTo(reference, app)));
      return present === undefined ? undefined : mismatch(`${describe(present)} is there`);
    },
  };
}

function refersTo({ name, matchLabels }: AppReference, app: OtherApp): boolean {
  if (name !== undefined) return name === app.name;
  return matchesLabelSelector({ matchLabels: matchLabels ?? {} }, app.labels);
}

function describe({ name, matchLabels = {} }: AppReference): string {
  if (name !== undefined) return `App ${name}`;
  return `an App with ${Object.entries(matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(', ')}`;
}
