import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import type { RunFunctionRequest, State } from '../../functions/runtime/proto.ts';
import { compositeUid } from './composite-uid.ts';
import { RenderFailure, type RenderInput, renderOnce } from './render-once.ts';

const composite: KubeObject = {
  apiVersion: 'a.example/v1',
  kind: 'Thing',
  metadata: { name: 'one', namespace: 'team' },
};
const composition: KubeObject = {
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'things' },
  spec: { pipeline: [{ step: 'make', functionRef: { name: 'maker' } }] },
};
const config = { apiVersion: 'v1', kind: 'ConfigMap' };

/** A function that desires resources and remembers what it was asked. */
function maker(resources: State['resources']): FunctionClient & { readonly requests: RunFunctionRequest[] } {
  const requests: RunFunctionRequest[] = [];
  return {
    requests,
    async runFunction(request) {
      requests.push(request);
      const results = [{ severity: 3, message: 'made', target: undefined }];
      return {
        desired: { composite: undefined, resources },
        results,
        conditions: [],
        context: request.context,
        meta: undefined,
        requirements: undefined,
        output: undefined,
      };
    },
    close: () => {},
  };
}

const desired = (resource: object) => ({ resource, ready: 0, connectionDetails: {} });

function render(client: FunctionClient, more: Partial<RenderInput> = {}) {
  const nothing = { observed: [], required: [], context: {}, now: Date.UTC(2026, 0, 1) };
  return renderOnce({ composite, composition, functions: new Map([['maker', client]]), ...nothing, ...more });
}

test('a composite without uid gets the one that crossplane gives it', () => {
  assert.equal(compositeUid(composite), 'ec757524-bb04-5bba-a422-8bce609cbf33');
});

test('composed resources are sorted by their name in the composition and get generated names', async () => {
  const { composed, composite: written } = await render(maker({ b: desired(config), a: desired(config) }));
  assert.deepEqual(
    composed.map(({ metadata }) => metadata.annotations?.['crossplane.io/composition-resource-name']),
    ['a', 'b'],
  );
  assert.match(composed[0]?.metadata.name ?? '', /^one-[0-9a-f]{12}$/);
  assert.deepEqual(written.metadata, { name: 'one', namespace: 'team' });
});

test('events tell of the chosen composition, then what steps say, then what is not ready', async () => {
  const { notices } = await render(maker({ a: desired(config) }));
  assert.deepEqual(
    notices.map(({ message }) => message),
    [
      'Successfully selected composition: things',
      'Pipeline step "make": made',
      'Composed resource "a" is not yet ready',
    ],
  );
});

test('an observed resource is shown to the function and keeps its name', async () => {
  const client = maker({ a: desired(config) });
  const annotations = { 'crossplane.io/composition-resource-name': 'a' };
  const existing: KubeObject = { ...config, metadata: { name: 'old', namespace: 'team', annotations } };
  const { composed } = await render(client, { observed: [existing] });
  assert.equal(composed[0]?.metadata.name, 'old');
  assert.deepEqual(client.requests[0]?.observed?.resources['a']?.resource, existing);
});

test('the composite that was given counts, not the one among the required resources', async () => {
  const client = maker({});
  await render(client, { required: [{ ...composite, spec: { from: 'hub' } }] });
  assert.equal('from' in (client.requests[0]?.observed?.composite?.resource?.['spec'] ?? {}), false);
});

test('the context holds given values before the first step', async () => {
  const client = maker({});
  const { context } = await render(client, { context: { key: 'value' } });
  assert.deepEqual([client.requests[0]?.context, context], [{ key: 'value' }, { key: 'value' }]);
});

test('a step is called with the Secrets that it names, from the credentials or the required resources', async () => {
  const credentials = ['a', 'b'].map((name) => ({
    name: `key-${name}`,
    source: 'Secret',
    secretRef: { namespace: 'keys', name },
  }));
  const pipeline = [{ step: 'make', functionRef: { name: 'maker' }, credentials }];
  const named = { ...composition, spec: { pipeline } };
  const secret = (name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'keys' },
    data: { token: Buffer.from(name).toString('base64') },
  });
  const client = maker({});
  await render(client, { composition: named, credentials: [secret('a')], required: [secret('b')] });
  assert.deepEqual(client.requests[0]?.credentials, {
    'key-a': { credentialData: { data: { token: Buffer.from('a') } } },
    'key-b': { credentialData: { data: { token: Buffer.from('b') } } },
  });
  await assert.rejects(render(client, { composition: named, credentials: [secret('a')] }), {
    message:
      'cannot compose resources: cannot get Composition pipeline step "make" credential "key-b" from Secret: there is no Secret keys/b',
  });
});

test('a step gets the schemas that its Composition requires', async () => {
  const requiredSchemas = ['Known', 'Unknown'].map((kind) => ({ requirementName: kind, apiVersion: 'v1', kind }));
  const pipeline = [{ step: 'make', functionRef: { name: 'maker' }, requirements: { requiredSchemas } }];
  const client = maker({});
  const schemaOf = ({ kind }: { readonly kind: string }) => (kind === 'Known' ? { type: 'object' } : undefined);
  await render(client, { composition: { ...composition, spec: { pipeline } }, schemaOf });
  assert.deepEqual(client.requests[0]?.requiredSchemas, {
    Known: { openapiV3: { type: 'object' } },
    Unknown: { openapiV3: undefined },
  });
});

test('what core refuses ends the render with its words', async () => {
  const namespace = desired({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } });
  await assert.rejects(render(maker({ ns: namespace })), (error) => {
    assert.ok(error instanceof RenderFailure);
    assert.match(error.message, /^cannot compose resources: cannot apply cluster scoped composed resource "ns"/);
    return true;
  });
});
