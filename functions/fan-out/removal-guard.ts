import type { PlacedAssignment } from '../slices/placed-assignment.ts';

/** Which of the clusters that should leave may start to, and which are held until somebody raises the limit. */
export type Removals = { readonly leave: readonly string[]; readonly held: readonly string[] };

/**
 * Lets clusters leave while no more than `maxRemovals` want to; one more, and none that is not already leaving may go: a
 * mistake that would empty the fleet then empties nothing, however often it is evaluated.
 */
export function guardRemovals(
  current: readonly PlacedAssignment[],
  unwanted: ReadonlySet<string>,
  maxRemovals: number,
): Removals {
  const leaving = current.filter(({ assignment }) => assignment.state === 'Leaving').length;
  const wanted = current
    .filter(({ assignment }) => assignment.state === 'Assigned' && unwanted.has(assignment.cluster))
    .map(({ assignment }) => assignment.cluster)
    .sort();
  if (wanted.length > maxRemovals) return { leave: [], held: wanted };
  return { leave: wanted.slice(0, Math.max(0, maxRemovals - leaving)), held: [] };
}
