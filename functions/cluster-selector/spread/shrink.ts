import type { Order } from './rank.ts';

/** How many clusters there are, and how many there should be; `wanted` left out means all that fit. */
export interface Headcount {
  readonly wanted?: number;
  readonly present: number;
  /** Clusters beside those present that only an earlier policy chose; they go whenever anything goes. */
  readonly obsolete: number;
}

/** Returns whether there are too many clusters, and how many of those present go beside the obsolete ones. */
export function surplusOf({ wanted, present, obsolete }: Headcount): {
  readonly isTooMany: boolean;
  readonly count: number;
} {
  if (wanted === undefined || wanted > present) return { isTooMany: false, count: 0 };
  return { isTooMany: present - wanted + obsolete > 0, count: present - wanted };
}

/**
 * Returns what is left of groups after `count` entries went, and these in the order in which they did: the first group goes
 * whole before the next is touched. A group that loses some is left in the order of going; one that loses none as it was.
 */
export function shrink<T>(
  groups: readonly (readonly T[])[],
  count: number,
  firstToGo: Order<T>,
): { readonly kept: readonly (readonly T[])[]; readonly gone: readonly T[] } {
  const gone: T[] = [];
  const kept = groups.map((group) => {
    const left = count - gone.length;
    if (left <= 0) return group;
    const sorted = group.toSorted(firstToGo);
    gone.push(...sorted.slice(0, left));
    return sorted.slice(left);
  });
  return { kept, gone };
}
