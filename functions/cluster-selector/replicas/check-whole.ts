/** Throws on a number that is not whole or is negative, naming what it is. */
export function checkWhole(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what} must be a whole number of 0 or more (got ${value})`);
  }
}
