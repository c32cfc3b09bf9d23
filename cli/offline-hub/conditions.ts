import type { JsonObject } from '../../functions/kube/json.ts';
import { type Condition, conditionList } from '../../functions/kube/object.ts';

/** A condition to set; the time of its transition is added. */
export interface NewCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message?: string;
  readonly observedGeneration?: number;
}

/** Returns a status with conditions set. An equal condition keeps its time; any other difference counts as a transition, as in crossplane-runtime. */
export function withConditions(status: JsonObject, wanted: readonly NewCondition[], timestamp: string): JsonObject {
  const before = conditionList(status['conditions']);
  const after = setConditions(before, wanted, timestamp);
  return after === before ? status : { ...status, conditions: after };
}

/** Returns a list of conditions with some of them set; the list itself when nothing differs. */
export function setConditions(
  before: readonly Condition[],
  wanted: readonly NewCondition[],
  timestamp: string,
): readonly Condition[] {
  let after = before;
  for (const { type, status, reason, message = '', observedGeneration = 0 } of wanted) {
    const at = after.findIndex((condition) => condition.type === type);
    const existing = after[at];
    if (existing !== undefined && isEqual(existing, { type, status, reason, message, observedGeneration })) continue;
    const next: Condition = {
      type,
      status,
      reason,
      lastTransitionTime: timestamp,
      ...(message !== '' && { message }),
      ...(observedGeneration !== 0 && { observedGeneration }),
    };
    after = at === -1 ? [...after, next] : after.with(at, next);
  }
  return after;
}

function isEqual(existing: Condition, wanted: Required<NewCondition>): boolean {
  const { status, reason, message = '', observedGeneration = 0 } = existing;
  const sameGeneration =
    observedGeneration === 0 || wanted.observedGeneration === 0 || observedGeneration === wanted.observedGeneration;
  return status === wanted.status && reason === wanted.reason && message === wanted.message && sameGeneration;
}
