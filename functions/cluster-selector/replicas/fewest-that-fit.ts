/** Returns the shortest beginning of a list whose amounts reach `total` in sum; the whole list when all do not. */
export function fewestThatFit<T>(total: number, ordered: readonly T[], amountOf: (item: T) => number): readonly T[] {
  let sum = 0;
  const last = ordered.findIndex((item) => {
    sum += amountOf(item);
    return sum >= total;
  });
  return last === -1 ? ordered : ordered.slice(0, last + 1);
}
