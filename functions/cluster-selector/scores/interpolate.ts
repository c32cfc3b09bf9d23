/** The smallest and the largest of some amounts. */
export interface Extremes<T> {
  readonly min: T;
  readonly max: T;
}

/** A straight line: what the smallest amount and what the largest is worth. */
export interface Line {
  readonly atMin: number;
  readonly atMax: number;
}

/** How a fraction becomes a whole number; halves go away from zero. */
export type Rounding = 'nearest' | 'towardZero';

/**
 * Returns what an amount between two extremes that differ is worth, as a whole number. Exact: nothing is rounded before the
 * end. The ends of the line are whole numbers; the amount must not lie outside the extremes.
 */
export function interpolate(
  amount: bigint,
  { min, max }: Extremes<bigint>,
  { atMin, atMax }: Line,
  rounding: Rounding = 'nearest',
): number {
  const span = max - min;
  if (span <= 0n || amount < min || amount > max) throw new RangeError(`${amount} does not lie within ${min}..${max}`);
  const scaled = BigInt(atMin) * span + BigInt(atMax - atMin) * (amount - min);
  return Number(rounding === 'towardZero' ? scaled / span : divideToNearest(scaled, span));
}

/** Returns a quotient rounded to the nearest whole number, halves away from zero (KubeFleet's interpolation). */
function divideToNearest(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}
