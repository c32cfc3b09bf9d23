import type { Case } from './family.ts';

/** Cases of a family that we answer otherwise than the peer, on purpose. */
export interface Deviation {
  readonly family: string;
  /** Why our answer is the one we want. */
  readonly reason: string;
  /** Tells from a case's input whether the deviation concerns it; asked only when the answers differ. */
  readonly matches: (of: Case) => boolean;
}

/** All the deviations there are. One that no case of the tables here needs is a mistake. */
export const deviations: readonly Deviation[] = [];
