import type { Format } from './format.ts';
import { formatOne } from './format-1.ts';
import { formatTwo } from './format-2.ts';

/** The format that new assignments freeze. */
export const currentFormat = 2;

/** Every format that a running assignment may have frozen. A change of bytes is a new number; old ones stay. */
export const formats: ReadonlyMap<number, Format> = new Map([
  [1, formatOne],
  [2, formatTwo],
]);
