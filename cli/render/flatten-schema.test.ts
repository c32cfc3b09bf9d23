import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flattenSchema } from './flatten-schema.ts';

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test('references are replaced wherever a schema may hold one, and nothing else is changed', () => {
  const leaf = { type: 'string', description: 'A leaf.' };
  const schemas = {
    leaf,
    tree: {
      type: 'object',
      required: ['one'],
      properties: { one: refTo('leaf'), many: { type: 'array', items: refTo('leaf') } },
      additionalProperties: refTo('leaf'),
    },
    wood: { type: 'object', properties: { tree: { allOf: [refTo('tree')], description: 'Dropped, as in core.' } } },
  };
  const tree = {
    type: 'object',
    required: ['one'],
    properties: { one: leaf, many: { type: 'array', items: leaf } },
    additionalProperties: leaf,
  };
  assert.deepEqual(flattenSchema(schemas, 'wood'), { type: 'object', properties: { tree } });
});

test('a schema within itself is an object of any kind there, and may stand beside itself', () => {
  const node = { type: 'object', properties: { left: refTo('node'), leaf: refTo('leaf'), other: refTo('leaf') } };
  assert.deepEqual(flattenSchema({ node, leaf: { type: 'string' } }, 'node'), {
    type: 'object',
    properties: { left: { type: 'object' }, leaf: { type: 'string' }, other: { type: 'string' } },
  });
});

test('additional properties may just be allowed', () => {
  const schemas = { open: { type: 'object', additionalProperties: true } };
  assert.deepEqual(flattenSchema(schemas, 'open'), schemas.open);
});

test('a reference to nothing is refused', () => {
  assert.throws(() => flattenSchema({ a: { items: refTo('b') } }, 'a'), /there is no schema b in the document/);
});
