import type { Assignment, AssignmentValue } from '../../generated/types.ts';
import { canonicalJson } from '../../kube/canonical-json.ts';
import type { JsonObject } from '../../kube/json.ts';
import { isOvertaken, nextSequence, type PlacedAssignment } from '../../slices/placed-assignment.ts';
import { replicaHole } from '../../template/replica-holes.ts';

/** How an entry compares with what it should say, its sequence aside: the same, the same but for replicas, or another. */
export type Likeness = 'Same' | 'Scaled' | 'Other';

/** Returns how an entry compares with what it should say; one that was overtaken says something else, whatever it reads. */
export function compareEntry(entry: PlacedAssignment, next: Assignment): Likeness {
  if (isOvertaken(entry) || entry.assignment.revision !== next.revision) return 'Other';
  const said = apartFromReplicas(entry.assignment);
  const meant = apartFromReplicas(next);
  if (!isSame(said.rest, meant.rest)) return 'Other';
  return isSame(said.replicas, meant.replicas) ? 'Same' : 'Scaled';
}

/** Replicas stand in an entry by component, and as values of the holes that take nothing else. */
function apartFromReplicas({ sequence: _, replicas = {}, values = [], ...rest }: Assignment) {
  const isReplicas = ({ expression }: AssignmentValue) => replicaHole(expression) !== undefined;
  return {
    rest: { ...rest, values: values.filter((value) => !isReplicas(value)) },
    replicas: { replicas, values: values.filter(isReplicas) },
  };
}

/** Returns an entry for a cluster, numbered after the one it has. */
export function inTurn(next: Assignment, entry: PlacedAssignment | undefined): Assignment {
  return { ...next, sequence: nextSequence(entry) };
}

function isSame(a: object, b: object): boolean {
  return canonicalJson(a as JsonObject) === canonicalJson(b as JsonObject);
}

/**
 * Tells whether a cluster that has its revision should get other values of it. Replicas that go at once do not count, nor
 * does an entry that an outdated read has put back: setting it anew is a repair and no rollout.
 */
export function hasOtherValues(
  current: readonly PlacedAssignment[],
  wanted: ReadonlyMap<string, Assignment>,
  { scaleImmediately }: { readonly scaleImmediately: boolean },
): boolean {
  return current.some((entry) => {
    const next = wanted.get(entry.assignment.cluster);
    if (next === undefined || entry.assignment.state === 'Leaving' || !keepsRevision(entry, next)) return false;
    const likeness = compareEntry(entry, next);
    return likeness === 'Other' || (likeness === 'Scaled' && !scaleImmediately);
  });
}

/** Tells whether an entry that was delivered should keep its revision, whatever else of it changes. */
export function keepsRevision(entry: PlacedAssignment, next: Assignment): boolean {
  return next.revision === entry.assignment.revision && !isOvertaken(entry);
}
