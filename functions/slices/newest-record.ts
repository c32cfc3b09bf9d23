import type { RolloutRecord } from '../generated/types.ts';

/**
 * Returns the newest of what is remembered of a rollout, of two with the same sequence the later in the list. It stands in
 * the spec of a slice, and Delivery repeats in the status what it has seen there: an outdated read that writes an older one,
 * or another of the same age, does not take it back. Give what Delivery has seen last.
 */
export function newestRecord(records: Iterable<RolloutRecord | undefined>): RolloutRecord | undefined {
  let newest: RolloutRecord | undefined;
  for (const record of records) {
    if (record !== undefined && record.sequence >= (newest?.sequence ?? 0)) newest = record;
  }
  return newest;
}
