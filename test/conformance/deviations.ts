import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';
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
export const deviations: readonly Deviation[] = [
  {
    family: 'ocm-rollout',
    reason:
      'what a cluster has refused for a minute has failed: nobody waits for the deadline of a cluster that says no, or looks again because of it',
    matches: ({ expected }) => retriedIn(expected).length > 0,
  },
];

/** Clusters that have failed and are tried again until a deadline. */
function retriedIn(expected: Json): readonly Json[] {
  const rollout = isJsonObject(expected) ? expected['rollout'] : undefined;
  return (isJsonList(rollout) ? rollout : []).filter(
    (each) => isJsonObject(each) && each['status'] === 'Failed' && each['recheckAt'] !== null,
  );
}
