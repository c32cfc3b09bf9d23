import { type Extremes, interpolate, type Line, type Rounding } from './interpolate.ts';

/** How amounts become scores. */
export interface LinearScale extends Line {
  /** What every known amount is worth when all are equal. */
  readonly whenEqual: number;
  readonly rounding?: Rounding;
  /** Between which amounts the line runs; between the extremes of the amounts when left out. */
  readonly extremes?: Extremes<bigint>;
}

/** Returns a whole-numbered score for every amount, on a line between the extremes; an unknown amount has no score. */
export function linearScores(
  amounts: readonly (bigint | undefined)[],
  { whenEqual, rounding = 'nearest', extremes = extremesOf(amounts), ...line }: LinearScale,
): (number | undefined)[] {
  return amounts.map((amount) => {
    if (amount === undefined || extremes === undefined) return undefined;
    return extremes.min === extremes.max ? whenEqual : interpolate(amount, extremes, line, rounding);
  });
}

/** Returns the smallest and the largest of the amounts that are known; nothing when none is. */
export function extremesOf(amounts: Iterable<bigint | undefined>): Extremes<bigint> | undefined {
  let extremes: Extremes<bigint> | undefined;
  for (const amount of amounts) {
    if (amount === undefined) continue;
    if (extremes === undefined) extremes = { min: amount, max: amount };
    else if (amount < extremes.min) extremes = { ...extremes, min: amount };
    else if (amount > extremes.max) extremes = { ...extremes, max: amount };
  }
  return extremes;
}
