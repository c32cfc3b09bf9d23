import type { Assignment, AssignmentSliceSpec, CapacityPromises } from '../generated/types.ts';
import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { nextPromises, type PromiseTerms } from './capacity-promises.ts';
import { entryKey } from './placed-assignment.ts';

/** The label of slices that hold promises, by which those of a namespace are found. */
export const promisesLabel = 'crossply.dev/promises';

/** What placement must know in its next look, and others of it: it stands in the slices, beside the entries. */
export type PlacementMemory = {
  /** Absent where nothing is divided by what fits. */
  readonly promises?: PromiseTerms;
  /** Clusters whose replicas others run. */
  readonly replaced: readonly string[];
};

/**
 * Returns a slice with what placement is to remember of its clusters, no part of any entry, so that nothing is delivered
 * because of it. While no placement could be decided, what was remembered stays.
 */
export function withMemory(
  slice: KubeObject,
  memory: PlacementMemory | undefined,
  observed: KubeObject | undefined,
  now: Instant,
): KubeObject {
  const spec = specOf(slice);
  const before = specOf(observed);
  const assignments = spec.assignments ?? [];
  const clusters = new Set(assignments.map(({ cluster }) => cluster));
  const replaced = (memory?.replaced ?? before.replaced ?? []).filter((cluster) => clusters.has(cluster));
  const terms = memory?.promises;
  const standing = underPresentNames(before.assignments ?? [], assignments);
  const known = before.promises && renamePromises(before.promises, before.assignments ?? [], standing);
  const next = terms === undefined ? undefined : nextPromises(known, standing, assignments, terms, now);
  const promises = memory === undefined ? before.promises : next;
  const { labels } = slice.metadata;
  return {
    ...slice,
    metadata: {
      ...slice.metadata,
      ...(promises !== undefined && { labels: { ...labels, [promisesLabel]: 'true' } }),
    },
    spec: {
      ...(spec as JsonObject),
      ...(promises !== undefined && { promises }),
      ...(replaced.length > 0 && { replaced }),
    },
  };
}

/** Returns entries as they were, under the names that their clusters have by now. */
function underPresentNames(before: readonly Assignment[], now: readonly Assignment[]): readonly Assignment[] {
  const names = new Map(now.map((entry) => [entryKey(entry), entry.cluster]));
  return before.map((entry) => ({ ...entry, cluster: names.get(entryKey(entry)) ?? entry.cluster }));
}

function renamePromises(
  promises: CapacityPromises,
  before: readonly Assignment[],
  now: readonly Assignment[],
): CapacityPromises {
  const names = new Map(before.map(({ cluster }, index) => [cluster, now[index]?.cluster ?? cluster]));
  const clusters = promises.clusters.map((each) => ({ ...each, cluster: names.get(each.cluster) ?? each.cluster }));
  return { ...promises, clusters };
}

/** Tells whether observed slices remember anything of placement. */
export function isRemembered(resources: ReadonlyMap<string, KubeObject>): boolean {
  return [...resources.values()].some((object) => {
    const { promises, replaced } = specOf(object);
    return object.kind === 'AssignmentSlice' && (promises !== undefined || replaced !== undefined);
  });
}

function specOf(slice: KubeObject | undefined): Partial<AssignmentSliceSpec> {
  return isJsonObject(slice?.spec) ? (slice.spec as Partial<AssignmentSliceSpec>) : {};
}
