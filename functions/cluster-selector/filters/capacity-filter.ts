import type { RoomOf } from '../capacity.ts';
import { type Filter, mismatch } from './filter.ts';

/** Returns the filter that keeps new work off clusters on which not one more replica fits; one that does not tell its capacity passes. */
export function capacityFilter(roomOf: RoomOf): Filter {
  return {
    name: 'Capacity',
    newWork: ({ facts }) =>
      roomOf(facts) === 0 ? mismatch('no room for a replica', 'room for one more replica') : undefined,
  };
}
