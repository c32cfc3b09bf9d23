import { sayAt } from './duration.ts';

/** A broken promise: when, which one, of whom, and what was seen, in a sentence. */
export type Finding = {
  readonly at: number;
  readonly promise: string;
  /** `Kind namespace/name` of the composite. */
  readonly about: string;
  readonly says: string;
};

/** Returns a finding as a line. */
export function sayFinding({ at, promise, about, says }: Finding): string {
  return `${sayAt(at)} ${about}: ${says} (${promise})`;
}
