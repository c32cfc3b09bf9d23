import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyDefaults } from './schema-defaults.ts';
import type { StructuralSchema } from './schema-type.ts';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    kind: { type: 'string', default: 'Deployment' },
    image: { type: 'string' },
    network: { type: 'object', default: {}, properties: { deny: { type: 'boolean', default: true } } },
    note: { type: 'string', nullable: true, default: 'x' },
    items: {
      type: 'array',
      items: { type: 'object', properties: { protocol: { type: 'string', default: 'TCP' } } },
    },
    byName: { type: 'object', additionalProperties: { type: 'object', properties: { size: { default: 1 } } } },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

test('missing fields get their defaults, also inside a default', () => {
  assert.deepEqual(applyDefaults(schema, {}), { kind: 'Deployment', network: { deny: true }, note: 'x' });
});

test('given fields stay as they are', () => {
  const given = { kind: 'Job', network: { deny: false }, note: null };
  assert.deepEqual(applyDefaults(schema, given), given);
});

test('a member that is undefined counts as missing', () => {
  assert.deepEqual(applyDefaults(schema, { kind: undefined, network: {}, note: '' }), {
    kind: 'Deployment',
    network: { deny: true },
    note: '',
  });
});

test('a null that is not allowed gives way to the default, or is dropped', () => {
  assert.deepEqual(applyDefaults(schema, { kind: null, image: null, network: {}, note: null, byName: { a: null } }), {
    kind: 'Deployment',
    network: { deny: true },
    note: null,
    byName: {},
  });
});

test('what the schema does not know keeps its nulls', () => {
  const open = { merge: null, deep: [{ value: null }] };
  assert.deepEqual((applyDefaults(schema, { open }) as { open: unknown }).open, open);
});

test('items of lists and members of maps are filled in', () => {
  const { items, byName } = applyDefaults(schema, { items: [{}, null, { protocol: 'UDP' }], byName: { a: {} } }) as {
    items: unknown;
    byName: unknown;
  };
  assert.deepEqual(items, [{ protocol: 'TCP' }, null, { protocol: 'UDP' }]);
  assert.deepEqual(byName, { a: { size: 1 } });
});

test('a member called __proto__ stays a member', () => {
  const value = JSON.parse('{"open":{"__proto__":{"a":1}},"__proto__":{"b":1}}');
  const result = applyDefaults(schema, value) as { open: object };
  assert.deepEqual(Object.keys(result.open), ['__proto__']);
  assert.equal((result as { b?: number }).b, undefined);
});

test('nothing to fill in gives back the same value', () => {
  const given = { kind: 'Job', network: { deny: false }, note: 'n', items: [{ protocol: 'TCP' }] };
  assert.equal(applyDefaults(schema, given), given);
});

test('filling in twice is filling in once', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (network, items) => {
      const once = applyDefaults(schema, { network, items } as never);
      assert.deepEqual(applyDefaults(schema, once), once);
    }),
  );
});
