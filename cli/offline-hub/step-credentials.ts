import type { KubeObject } from '../../functions/kube/object.ts';
import type { RunFunctionRequest } from '../../functions/runtime/proto.ts';
import { asObject } from './lenient-json.ts';
import { formatRef, type ObjectRef } from './object-ref.ts';

/** A Secret that a step is called with, and the name that its function knows it by. */
export interface NamedSecret {
  readonly name: string;
  readonly secret: ObjectRef;
}

/** The credentials that a step is called with, or why it cannot be called. */
export type StepCredentials = { readonly credentials: RunFunctionRequest['credentials'] } | { readonly error: string };

/** Returns the credentials of a step from Secrets as the API server stores them: `data` in base64. */
export function readCredentials(
  { step, credentials = [] }: { readonly step: string; readonly credentials?: readonly NamedSecret[] },
  secretAt: (ref: ObjectRef) => KubeObject | undefined,
): StepCredentials {
  const read: { [name: string]: RunFunctionRequest['credentials'][string] } = {};
  for (const { name, secret } of credentials) {
    const found = secretAt(secret);
    const what = `cannot get Composition pipeline step "${step}" credential "${name}" from Secret`;
    if (found === undefined) return { error: `${what}: there is no ${formatRef(secret)}` };
    const entries = Object.entries(asObject(found['data']));
    const data = Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(String(value), 'base64')]));
    read[name] = { credentialData: { data } };
  }
  return { credentials: read };
}
