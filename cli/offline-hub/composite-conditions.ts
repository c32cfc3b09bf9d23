import { conditionsOf, type KubeObject } from '../../functions/kube/object.ts';
import type { Composed } from './compose.ts';
import type { NewCondition } from './conditions.ts';
import type { CoreParts } from './core-parts.ts';
import { keyOf, type ObjectRef } from './object-ref.ts';

/** Condition types that belong to core: functions cannot set them. */
export const systemConditions: ReadonlySet<string> = new Set(['Ready', 'Synced', 'Healthy', 'UpToDate', 'Responsive']);

/** Returns what becomes of the conditions that no function set before a pass failed. */
export function unseen(composite: KubeObject, seen: readonly NewCondition[]): NewCondition[] {
  const types = conditionsOf(composite).map(({ type }) => type);
  return types
    .filter((type) => !systemConditions.has(type) && !seen.some((condition) => condition.type === type))
    .map((type) =>
      withGeneration(
        {
          type,
          status: 'Unknown',
          reason: 'FatalError',
          message: 'A fatal error occurred before the status of this condition could be determined.',
        },
        composite,
      ),
    );
}

/** Returns a condition that says which generation of the object it speaks of, as core's own conditions do. */
export function withGeneration(condition: NewCondition, { metadata: { generation } }: KubeObject): NewCondition {
  return generation === undefined || 'observedGeneration' in condition
    ? condition
    : { ...condition, observedGeneration: generation };
}

/** Returns the conditions that a function may set. */
export function own(conditions: readonly NewCondition[]): NewCondition[] {
  return conditions.filter(({ type }) => !systemConditions.has(type));
}

/** What a paused composite says. */
export const paused: NewCondition = {
  type: 'Synced',
  status: 'False',
  reason: 'ReconcilePaused',
  message: 'Reconciliation is paused via the pause annotation',
};

/** Returns whether watch events still reach a composite. */
export function responsive({ breaker }: CoreParts, ref: ObjectRef): NewCondition {
  const source = breaker?.openedBy(keyOf(ref));
  if (source === undefined) return { type: 'Responsive', status: 'True', reason: 'WatchCircuitClosed' };
  const message = `Too many watch events from ${source}. Allowing events periodically.`;
  return { type: 'Responsive', status: 'False', reason: 'WatchCircuitOpen', message };
}

/** Returns Synced and Ready after a pass that applied what was desired. */
export function summarise({ resources, isReady }: Composed): NewCondition[] {
  const unsynced = resources.filter((resource) => !resource.isSynced).map(({ key }) => key);
  const unready = resources.filter((resource) => !resource.isReady).map(({ key }) => key);
  const available: NewCondition = { type: 'Ready', status: 'True', reason: 'Available' };
  const creating: NewCondition = { type: 'Ready', status: 'False', reason: 'Creating' };
  const derived =
    unready.length === 0 ? available : { ...creating, message: `Unready resources: ${firstThree(unready)}` };
  const decided = isReady === true ? available : creating;
  return [
    unsynced.length === 0
      ? { type: 'Synced', status: 'True', reason: 'ReconcileSuccess' }
      : {
          type: 'Synced',
          status: 'False',
          reason: 'ReconcileError',
          message: `Unsynced resources: ${firstThree(unsynced)}`,
        },
    isReady === undefined ? derived : decided,
  ];
}

/** Names three, worded as crossplane-runtime words it. */
function firstThree(names: readonly string[]): string {
  const shown = [...names].sort().slice(0, 3);
  if (names.length === 3) return `${shown[0]}, ${shown[1]}, and ${shown[2]}`;
  return names.length < 3 ? shown.join(', ') : `${shown.join(', ')}, and ${names.length - 3} more`;
}
