import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ready } from '../../functions/runtime/proto.ts';
import { answer, fatalOf, requestWith } from './requests.ts';
import { registryOf } from './test-functions.ts';

const registry = registryOf({
  Silent: () => ({}),
  Adding: ({ desired }) => {
    const resource = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ours' } };
    return { resources: new Map([...desired.resources, ['ours', { resource }]]), context: { 'crossply.dev/x': 1 } };
  },
});

const bucket = {
  apiVersion: 'example.org/v1',
  kind: 'Bucket',
  spec: { rules: [{ days: 3 }, null, ['a', 1.5, true]], empty: {}, none: null },
};
const context = { 'apiextensions.crossplane.io/environment': { region: 'eu', list: [1, 2] } };

test('the tag of the call is copied', () => {
  assert.equal(answer(registry, requestWith('Silent')).response.meta?.tag, 'call-1');
  assert.equal(answer(registry, requestWith('Unheard')).response.meta?.tag, 'call-1');
});

test('what other functions desire, and the context, pass through as they were', () => {
  for (const kind of ['Silent', 'Adding']) {
    const { response } = answer(registry, requestWith(kind, { desired: { theirs: bucket }, context }));
    assert.partialDeepStrictEqual(response.desired?.resources, { theirs: { resource: bucket } });
    assert.partialDeepStrictEqual(response.context, context);
    assert.deepEqual(response.results, []);
  }
});

test('whether their resources are ready, and their status, pass through too', () => {
  const request = requestWith('Silent', { desired: { theirs: bucket } });
  const theirs = request.desired?.resources['theirs'];
  if (theirs !== undefined) theirs.ready = Ready.READY_TRUE;
  if (request.desired?.composite !== undefined) request.desired.composite.resource = { status: { address: 'x' } };
  for (const kind of ['Silent', 'Adding']) {
    request.input = { apiVersion: 'fn.crossply.dev/v1beta1', kind };
    const { desired } = answer(registry, request).response;
    assert.equal(desired?.resources['theirs']?.ready, Ready.READY_TRUE);
    assert.deepEqual(desired?.composite?.resource, { status: { address: 'x' } });
  }
});

test('a request without a composite, which no Crossplane sends, is refused', () => {
  const request = requestWith('Silent');
  request.observed = undefined;
  assert.match(fatalOf(answer(registry, request).response), /observed\.composite is not a Kubernetes object/);
});
