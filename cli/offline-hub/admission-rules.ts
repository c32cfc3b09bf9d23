import type { KubeObject } from '../../functions/kube/object.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import type { Refusal } from './refusal.ts';

/** What an API server asks before it writes or deletes. */
export interface AdmissionRules {
  /** Returns the object with its defaults, or why it is refused; `old` is absent on creation. */
  admit(object: KubeObject, old: KubeObject | undefined, part: 'main' | 'status'): Checked<KubeObject>;
  /** Returns why an object cannot be created or changed at all, whatever its content. */
  refuseWrite(object: KubeObject, old: KubeObject | undefined): Refusal | undefined;
  refuseDelete(object: KubeObject): Refusal | undefined;
}
