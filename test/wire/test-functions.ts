import type { CompositionFunction, FunctionResponse } from '../../functions/runtime/composition-function.ts';

/** Returns a registry of functions that answer as told, by kind. */
export function registryOf(answers: {
  readonly [kind: string]: (request: Parameters<CompositionFunction['run']>[0]) => FunctionResponse;
}): ReadonlyMap<string, CompositionFunction> {
  return new Map(Object.entries(answers).map(([kind, run]) => [kind, { kind, run }]));
}

/** Returns an answer whose only resource is about as large as said. */
export function answerOf(mebibytes: number): FunctionResponse {
  const text = 'x'.repeat(Math.round(mebibytes * 1024 * 1024));
  const resource = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data: { text } };
  const small = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'small' } };
  return {
    resources: new Map([
      ['large', { resource }],
      ['small', { resource: small }],
    ]),
  };
}
