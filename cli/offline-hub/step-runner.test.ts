import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import type { Requirements, RunFunctionRequest } from '../../functions/runtime/proto.ts';
import { maxCalls, runStep } from './step-runner.ts';

const nothing: Requirements = { resources: {}, extraResources: {}, schemas: {} };
const selector = { apiVersion: 'v1', kind: 'ConfigMap', namespace: undefined, matchLabels: undefined };
const found: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const source = {
  find: ({ name }: { readonly name?: string }) => (name === 'a' ? [found] : []),
  schemaOf: ({ kind }: { readonly kind: string }) => (kind === 'ConfigMap' ? { type: 'object' } : undefined),
};
const seeds = { resources: new Map(), schemas: new Map() };

/** Runs one step whose function requires something anew in each call. */
async function run(requirementsOf: (call: number) => Requirements, given: Parameters<typeof runStep>[2] = seeds) {
  const requests: RunFunctionRequest[] = [];
  const client: FunctionClient = {
    async runFunction(request) {
      requests.push(request);
      return {
        meta: undefined,
        desired: undefined,
        results: [],
        context: { call: requests.length },
        requirements: requirementsOf(requests.length),
        conditions: [],
        output: undefined,
      };
    },
    close: () => {},
  };
  const step = { observed: undefined, desired: undefined, input: undefined, context: {}, credentials: {} };
  const { calls } = await runStep(client, step, given, source, () => 'tag');
  assert.equal(calls, requests.length);
  return requests;
}

test('a function that requires nothing is called once', async () => {
  const [request, ...others] = await run(() => nothing);
  assert.deepEqual(others, []);
  assert.deepEqual(request?.meta?.capabilities, [1, 2, 3, 4, 5]);
});

test('what was asked for is given with the next call, with the context of the one before', async () => {
  const resources = { a: { ...selector, matchName: 'a' }, b: { ...selector, matchName: 'b' } };
  const [, second, ...others] = await run(() => ({ ...nothing, resources }));
  assert.deepEqual(others, []);
  assert.deepEqual(second?.requiredResources['a']?.items[0]?.resource, found);
  assert.deepEqual(second?.requiredResources['b'], { items: [] });
  assert.deepEqual(second?.context, { call: 1 });
});

test('the deprecated field for resources is answered in one of its own', async () => {
  const extraResources = { a: { ...selector, matchName: 'a' } };
  const [, second] = await run(() => ({ ...nothing, extraResources }));
  assert.deepEqual(second?.extraResources['a']?.items[0]?.resource, found);
  assert.deepEqual(second?.requiredResources, {});
});

test('a schema is given, and an empty answer for a kind that is not known', async () => {
  const schemas = { known: { apiVersion: 'v1', kind: 'ConfigMap' }, unknown: { apiVersion: 'v1', kind: 'Other' } };
  const [, second] = await run(() => ({ ...nothing, schemas }));
  assert.deepEqual(second?.requiredSchemas, {
    known: { openapiV3: { type: 'object' } },
    unknown: { openapiV3: undefined },
  });
});

test('seeds that satisfy the first answer save the second call', async () => {
  const given = { resources: new Map([['a', [found]]]), schemas: new Map([['s', { type: 'object' }]]) };
  const requirements: Requirements = {
    ...nothing,
    resources: { a: { ...selector, matchName: 'a' } },
    schemas: { s: { apiVersion: 'v1', kind: 'ConfigMap' } },
  };
  assert.equal((await run(() => requirements, given)).length, 1);
});

test('requirements that never settle end the step', async () => {
  const growing = (call: number): Requirements => ({
    ...nothing,
    resources: { [`r${call}`]: { ...selector, matchName: 'a' } },
  });
  await assert.rejects(run(growing), {
    message: `requirements didn't stabilize after the maximum number of iterations (${maxCalls - 1})`,
  });
});
