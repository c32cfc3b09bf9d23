import type { Pass } from './composite.ts';

/** A reconcile of a composite in the history of a run. */
export type RecordedPass = Omit<Pass, 'result'> & {
  /** Virtual milliseconds. */
  readonly at: number;
  /** How often functions were called. */
  readonly calls: number;
  readonly ttlSeconds?: number;
};

/** Returns what the history keeps of a pass. */
export function recordPass({ result, ...pass }: Pass, at: number): RecordedPass {
  const { calls = 0, ttlSeconds } = result ?? {};
  return { ...pass, at, calls, ...(ttlSeconds !== undefined && { ttlSeconds }) };
}
