import type { Assignment } from '../../functions/generated/types.ts';
import { entryHash } from '../../functions/slices/placed-assignment.ts';

const known = new WeakMap<Assignment, string>();

/** Returns the hash of an entry, worked out once for each object: the same entries are met in thousands of worlds. */
export function hashOf(assignment: Assignment): string {
  const hash = known.get(assignment) ?? entryHash(assignment);
  known.set(assignment, hash);
  return hash;
}
