import type { Random } from '../../../cli/offline-hub/random.ts';

/** Returns one of a list; throws when there is none. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[random.below(list.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
