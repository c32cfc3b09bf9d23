import { conditionsOf, type KubeObject } from '../../functions/kube/object.ts';
import { evaluateReadiness } from './cel-readiness.ts';
import type { NewCondition } from './conditions.ts';
import type { ObjectSpec } from './provider-object.ts';

/** Ready: the object is as it should be. */
export const available: NewCondition = { type: 'Ready', status: 'True', reason: 'Available' };
const unavailable: NewCondition = { type: 'Ready', status: 'False', reason: 'Unavailable' };
/** Ready: the object was just created, or could not be. */
export const creating: NewCondition = { type: 'Ready', status: 'False', reason: 'Creating' };
/** Ready: the object is on its way out. */
export const deleting: NewCondition = { type: 'Ready', status: 'False', reason: 'Deleting' };
/** Synced: the last pass did what it had to. */
export const success: NewCondition = { type: 'Synced', status: 'True', reason: 'ReconcileSuccess' };

/** Returns what a readiness policy says of a remote object; nothing for SuccessfulCreate, which looks at the write only. */
export function readinessOf({ policy, celQuery }: ObjectSpec, remote: KubeObject): NewCondition[] {
  const conditions = conditionsOf(remote);
  switch (policy) {
    case 'DeriveFromObject':
      return [conditions.some(({ type, status }) => type === 'Ready' && status === 'True') ? available : unavailable];
    case 'AllTrue':
      return [conditions.length > 0 && conditions.every(({ status }) => status === 'True') ? available : unavailable];
    case 'DeriveFromCelQuery': {
      const { isReady, message } = evaluateReadiness(celQuery, remote);
      return [isReady ? available : message === undefined ? unavailable : { ...unavailable, message }];
    }
    default:
      return [];
  }
}
