import { claimsOf } from '../app/claims.ts';
import type { AppSpec, ComputeNamespaceStatus } from '../generated/types.ts';
import type { KubeObject } from '../kube/object.ts';

type Claims = NonNullable<ComputeNamespaceStatus['claims']>;

/**
 * Returns which App of a ComputeNamespace has which name, sorted by name. Who has it keeps it while it needs it; else the
 * oldest App gets it, the first by name among those of one age.
 */
export function assignClaims(computeNamespace: string, apps: readonly KubeObject[], before: Claims): Claims {
  const age = ({ metadata }: KubeObject) => `${metadata.creationTimestamp ?? ''} ${metadata.name ?? ''}`;
  const own = apps
    .filter(({ spec }) => (spec as AppSpec | undefined)?.computeNamespace === computeNamespace)
    .sort((a, b) => (age(a) < age(b) ? -1 : 1));
  const wanted = new Map<string, string[]>();
  for (const { metadata, spec } of own) {
    for (const { name } of claimsOf(spec as AppSpec))
      wanted.set(name, [...(wanted.get(name) ?? []), metadata.name ?? '']);
  }
  const had = new Map(before.map(({ name, app }) => [name, app]));
  return [...wanted]
    .map(([name, claimants]) => {
      const holder = had.get(name);
      const app = holder !== undefined && claimants.includes(holder) ? holder : (claimants[0] ?? '');
      return { name, app };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, maxClaims);
}

/** Most names that a status may list, as the schema has it. */
const maxClaims = 2000;
