import type { JsonObject } from '../../functions/kube/json.ts';
import { RunFunctionRequest, RunFunctionResponse } from '../../functions/runtime/proto.ts';
import { runFunction } from '../../functions/runtime/run-function.ts';
import type { registryOf } from './test-functions.ts';

/** A composite of nobody's kind, so that no schema of ours applies. */
export const composite: JsonObject = {
  apiVersion: 'example.org/v1',
  kind: 'Thing',
  metadata: { name: 'thing', namespace: 'default' },
  spec: {},
};

/** A ClusterSet as small as its schema allows. */
export const clusterSet: JsonObject = {
  apiVersion: 'crossply.dev/v1alpha1',
  kind: 'ClusterSet',
  metadata: { name: 'world', namespace: 'platform' },
  spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' } },
};

/** Returns a request with the given step input; a `kind` alone stands for an input of our apiVersion. */
export function requestWith(
  input: string | JsonObject | undefined,
  more: {
    readonly observed?: JsonObject;
    readonly desired?: { readonly [key: string]: JsonObject };
    readonly context?: JsonObject;
  } = {},
): RunFunctionRequest {
  const stepInput = typeof input === 'string' ? { apiVersion: 'fn.crossply.dev/v1beta1', kind: input } : input;
  return RunFunctionRequest.fromPartial({
    meta: { tag: 'call-1' },
    input: stepInput,
    observed: { composite: { resource: more.observed ?? composite }, resources: {} },
    desired: { composite: { resource: {} }, resources: mapValues(more.desired ?? {}, (resource) => ({ resource })) },
    context: more.context ?? {},
  });
}

/** Returns what a call answers, through the wire codec but without a server. */
export function answer(
  registry: ReturnType<typeof registryOf>,
  request: RunFunctionRequest,
): { readonly response: RunFunctionResponse; readonly bytes: number; readonly bug?: unknown } {
  const { bytes, bug } = runFunction(registry, RunFunctionRequest.encode(request).finish(), 0);
  return { response: RunFunctionResponse.decode(bytes), bytes: bytes.length, bug };
}

/** Returns the message of the only result, which must be Fatal. */
export function fatalOf({ results }: RunFunctionResponse): string {
  const [result, ...rest] = results;
  if (result === undefined || rest.length > 0) throw new Error(`expected one result, got ${results.length}`);
  return result.message;
}

function mapValues<From, To>(record: { readonly [key: string]: From }, convert: (value: From) => To) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]));
}
