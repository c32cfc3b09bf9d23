import type { Instant } from '../../runtime/composition-function.ts';
import type { Stock } from '../room/take-stock.ts';
import { type Filter, mismatch } from './filter.ts';

/** What the filter goes by beside the room. */
export interface CapacityTerms {
  /** Replicas that a cluster must have room for to get any. */
  readonly replicasToFit: number;
  /** Whether a cluster that has to yield room is left, rather than run fewer replicas. */
  readonly isLeftWhole: boolean;
  readonly now: Instant;
}

/**
 * Returns the filter that keeps new work off clusters without room for it, and has work leave that was promised room which
 * another composite was promised before; a cluster that does not tell its capacity passes.
 */
export function capacityFilter(
  { roomOf, keepsOf }: Pick<Stock, 'roomOf' | 'keepsOf'>,
  { replicasToFit, isLeftWhole, now }: CapacityTerms,
): Filter {
  return {
    name: 'Capacity',
    newWork({ facts }) {
      const room = roomOf(facts);
      if (room === undefined || room >= replicasToFit) return undefined;
      if (replicasToFit === 1) return mismatch('no room for a replica', 'room for one more replica');
      return mismatch(`room for ${room} of ${replicasToFit} replicas`, `room for ${replicasToFit} replicas`);
    },
    running({ facts: { name } }) {
      if (!isLeftWhole || keepsOf(name) === undefined) return undefined;
      return { ...mismatch('another was promised its room before'), dueAt: now };
    },
  };
}
