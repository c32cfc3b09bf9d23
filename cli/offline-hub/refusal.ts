import type { KubeObject } from '../../functions/kube/object.ts';
import { formatProblems, type Problem } from '../../functions/kube/problem.ts';

/** Why an API server did not do what it was asked: the reasons of metav1.Status that controllers tell apart. */
export interface Refusal {
  readonly reason: 'Invalid' | 'NotFound' | 'Conflict' | 'Forbidden' | 'NoKindMatch' | 'BadRequest';
  readonly message: string;
  readonly problems?: readonly Problem[];
}

/** What a write returns: the object as it is now and whether it changed, or why it was refused. */
export type Written =
  | { readonly object: KubeObject; readonly changed: boolean; readonly refusal?: never }
  | { readonly refusal: Refusal };

/** Returns the refusal of an object with problems, worded like the API server's. */
export function invalid({ kind, metadata: { name = '' } }: KubeObject, problems: readonly Problem[]): Refusal {
  return { reason: 'Invalid', message: `${kind} "${name}" is invalid: ${formatProblems(problems)}`, problems };
}
