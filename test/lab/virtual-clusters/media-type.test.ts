import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptJson, isReadable } from './media-type.ts';

test('of the forms a client takes those in JSON stay, with their parameters', () => {
  assert.equal(
    acceptJson(
      'application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json',
    ),
    'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
  );
  assert.equal(acceptJson('application/cbor, application/yaml'), 'application/json');
  assert.equal(acceptJson(undefined), 'application/json');
});

test('bodies in JSON and YAML can be read, binary ones cannot', () => {
  const types = [
    'application/json',
    'application/apply-patch+yaml',
    'application/strategic-merge-patch+json; charset=utf-8',
    'application/vnd.kubernetes.protobuf',
    'application/apply-patch+cbor',
    undefined,
  ];
  assert.deepEqual(types.map(isReadable), [true, true, true, false, false, false]);
});
