import { isNamedIn } from '../../clusters/cluster-facts.ts';
import type { AppReference } from '../../generated/types.ts';
import { matchesLabelSelector } from '../../kube/label-selector.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { type Filter, mismatch } from './filter.ts';

/** Another App of the namespace, as far as placement cares. */
export interface OtherApp {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** Clusters that it is assigned to. */
  readonly assigned: ReadonlySet<string>;
  /** Clusters that it was chosen for and waits to join. */
  readonly joining: ReadonlySet<string>;
  /** Whether it goes before the App that is placed, where both were placed in one moment. */
  readonly comesFirst: boolean;
}

/** What tells whether an App that runs on a cluster gives way to another. */
export interface GivingWay {
  /** Clusters that have the App and are not healthy with it yet. */
  readonly unsettled: ReadonlySet<string>;
  readonly now: Instant;
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

/**
 * Returns the filter that lets clusters pass on which none of the Apps referred to runs, or waits to join. Two that start in
 * one moment do not see each other: the later gives way afterwards, as long as it is not healthy there.
 */
export function appAntiAffinityFilter(
  references: readonly AppReference[],
  apps: readonly OtherApp[],
  { unsettled, now }: GivingWay,
): Filter {
  return {
    name: 'AppAntiAffinity',
    newWork({ facts }) {
      const there = apps.filter(({ assigned, joining }) => isNamedIn(assigned, facts) || isNamedIn(joining, facts));
      const present = references.find((reference) => there.some((app) => refersTo(reference, app)));
      return present === undefined ? undefined : mismatch(`${describe(present)} is there`);
    },
    running({ facts }) {
      if (!isNamedIn(unsettled, facts)) return undefined;
      const there = apps.filter(({ assigned, comesFirst }) => comesFirst && isNamedIn(assigned, facts));
      const first = references.find((reference) => there.some((app) => refersTo(reference, app)));
      if (first === undefined) return undefined;
      return { ...mismatch(`${describe(first)} was there first`), dueAt: now, givesWay: true };
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
