import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as types from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { WrittenSchema } from './sources.ts';
import { shapeOf, typeText } from './type-text.ts';

const plain = (schema: WrittenSchema) => typeText(schema, () => undefined);

test('scalars become the type of their values', () => {
  assert.equal(plain({ type: 'integer' }), 'number');
  assert.equal(plain({ type: 'string', enum: ['a', 'b'] }), "'a' | 'b'");
  assert.equal(plain({ 'x-kubernetes-int-or-string': true }), 'number | string');
  assert.equal(plain({ 'x-kubernetes-preserve-unknown-fields': true }), 'Json');
});

test('objects become readonly types; a field with a default stays optional', () => {
  const text = plain({
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', description: 'Its name.' },
      size: { type: 'integer', default: 1, description: 'Its size.' },
    },
  });
  assert.equal(
    text,
    '{\n  /** Its name. */\n  readonly name: string;\n  /** Its size. @defaultValue `1` */\n  readonly size?: number;\n}',
  );
  assert.equal(plain({ type: 'object' }), 'Record<string, never>');
  assert.equal(plain({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }), 'JsonObject');
  assert.equal(
    plain({ type: 'object', additionalProperties: { type: 'string' } }),
    '{ readonly [key: string]: string }',
  );
});

test('lists become readonly lists, of unions in parentheses', () => {
  assert.equal(plain({ type: 'array', items: { type: 'string' } }), 'readonly string[]');
  assert.equal(plain({ type: 'array', items: { 'x-kubernetes-int-or-string': true } }), 'readonly (number | string)[]');
});

test('a schema gets the name of its shape, whatever its descriptions and bounds', () => {
  const written = { type: 'object', properties: { a: { type: 'string', maxLength: 3, description: 'One.' } } } as const;
  const named = shapeOf({ type: 'object', description: 'Another.', properties: { a: { type: 'string' } } });
  const nameOf = (schema: WrittenSchema) => (shapeOf(schema) === named ? 'Letter' : undefined);
  assert.equal(typeText({ type: 'array', items: written }, nameOf), 'readonly Letter[]');
});

test('generated types are JSON for the compiler', () => {
  const asJson = (
    value:
      | types.AndonCordSpec
      | types.AndonCordStatus
      | types.AppSpec
      | types.AppStatus
      | types.ApprovalSpec
      | types.ApprovalStatus
      | types.AssignmentSliceSpec
      | types.AssignmentSliceStatus
      | types.ClusterSelectorInput
      | types.ClusterSetSpec
      | types.ClusterSetStatus
      | types.Component
      | types.ComputeNamespaceSpec
      | types.ComputeNamespaceStatus
      | types.FanOutInput
      | types.PlatformSpec
      | types.PlatformStatus
      | types.TierSpec
      | types.TierStatus,
  ): JsonObject => value;
  assert.deepEqual(asJson({ owner: 'team-web' }), { owner: 'team-web' });
});
