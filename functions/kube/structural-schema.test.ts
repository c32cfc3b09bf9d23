import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { Json } from './json.ts';
import { type StructuralSchema, validate } from './structural-schema.ts';

const schema: StructuralSchema = {
  type: 'object',
  required: ['computeNamespace'],
  properties: {
    computeNamespace: { type: 'string', minLength: 1 },
    components: {
      type: 'array',
      maxItems: 3,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name', 'kind'],
        properties: {
          name: { type: 'string' },
          kind: { type: 'string', enum: ['Deployment', 'StatefulSet'], default: 'Deployment' },
          replicas: { 'x-kubernetes-int-or-string': true, minimum: 0, pattern: '^\\$\\{.+\\}$' },
          labels: { type: 'object', maxProperties: 2, additionalProperties: { type: 'string' } },
          pod: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          value: { nullable: true, 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    },
    paused: { type: 'boolean' },
    weight: { type: 'number' },
    clusters: { type: 'integer' },
    args: { type: 'array', items: { type: 'string' } },
  },
};

const component = (fields: { readonly [name: string]: Json }): Json => ({
  computeNamespace: 'shop',
  components: [{ name: 'web', ...fields }],
});

const problemsOf = (value: Json) => validate(schema, value, 'spec');

test('a good value has no problems', () => {
  assert.deepEqual(
    problemsOf(component({ replicas: '${cluster.labels.size}', labels: { a: 'b' }, pod: { any: [1] } })),
    [],
  );
});

test('a wrong word is named with its path, what is allowed, and what was probably meant', () => {
  assert.deepEqual(problemsOf(component({ kind: 'Deploymnt' })), [
    {
      path: 'spec.components[0].kind',
      message: 'must be one of Deployment, StatefulSet (got "Deploymnt")',
      hint: 'did you mean "Deployment"?',
    },
  ]);
});

test('an unknown field is refused, with the field that was probably meant', () => {
  assert.deepEqual(problemsOf(component({ replica: 3 })), [
    { path: 'spec.components[0].replica', message: 'is not a known field', hint: 'did you mean "replicas"?' },
  ]);
  assert.deepEqual(validate({ type: 'object', properties: { a: {} } }, { 'some/thing': 1 }, ''), [
    { path: "['some/thing']", message: 'is not a known field', hint: 'known here: a' },
  ]);
  assert.deepEqual(validate({ type: 'object' }, { thing: 1 }, 'input.spec'), [
    { path: 'input.spec.thing', message: 'is not a known field', hint: 'nothing can be set here' },
  ]);
});

test('a required field is missed, unless it has a default', () => {
  assert.deepEqual(problemsOf({ components: [{}] }), [
    { path: 'spec.components[0].name', message: 'is required' },
    { path: 'spec.computeNamespace', message: 'is required' },
  ]);
});

test('a null where null is not allowed counts as left out', () => {
  assert.deepEqual(problemsOf({ computeNamespace: null, paused: null }), [
    { path: 'spec.computeNamespace', message: 'is required' },
  ]);
  assert.deepEqual(problemsOf(component({ value: null, kind: null })), []);
});

test('a value of the wrong type is told what to write instead', () => {
  assert.deepEqual(
    problemsOf({ computeNamespace: 5, paused: 'true', weight: '3', args: 'serve', components: { web: {} } }),
    [
      { path: 'spec.computeNamespace', message: 'must be a string (got 5)', hint: 'put it in quotes: "5"' },
      { path: 'spec.paused', message: 'must be true or false (got "true")', hint: 'remove the quotes' },
      { path: 'spec.weight', message: 'must be a number (got "3")', hint: 'remove the quotes' },
      { path: 'spec.args', message: 'must be a list (got "serve")', hint: 'write it as a list with one entry' },
      { path: 'spec.components', message: 'must be a list (got {web})', hint: 'begin every entry with a dash' },
    ],
  );
  assert.deepEqual(problemsOf({ computeNamespace: 'a', clusters: 1.5 }), [
    { path: 'spec.clusters', message: 'must be an integer (got 1.5)' },
  ]);
  assert.deepEqual(problemsOf('text'), [{ path: 'spec', message: 'must be an object (got "text")' }]);
});

test('an int-or-string is an integer within its bounds or a string that matches', () => {
  assert.deepEqual(problemsOf(component({ replicas: true }))[0]?.message, 'must be an integer or a string (got true)');
  assert.deepEqual(problemsOf(component({ replicas: -1 }))[0]?.message, 'must be at least 0 (got -1)');
  assert.deepEqual(problemsOf(component({ replicas: 'three' }))[0]?.message, 'must match ^\\$\\{.+\\}$ (got "three")');
});

test('lists and maps keep to their sizes, and list maps to one item a key', () => {
  const web = { name: 'web' };
  assert.deepEqual(
    problemsOf({ computeNamespace: 'a', components: [web, web, web, web] }).map(
      ({ path, message }) => `${path} ${message}`,
    ),
    [
      'spec.components[1] has the same name as item 0 of the list (got "web")',
      'spec.components[2] has the same name as item 0 of the list (got "web")',
      'spec.components[3] has the same name as item 0 of the list (got "web")',
      'spec.components must have at most 3 items (got 4)',
    ],
  );
  assert.deepEqual(problemsOf(component({ labels: { a: '1', b: '2', c: '3' } })), [
    { path: 'spec.components[0].labels', message: 'must have at most 2 entries (got 3)' },
  ]);
  assert.deepEqual(validate({ type: 'array', minItems: 1 }, [], 'x'), [
    { path: 'x', message: 'must have at least 1 item (got 0)' },
  ]);
});

test('members of a map are checked, with quotes around names that need them', () => {
  assert.deepEqual(problemsOf(component({ labels: { 'app.example.com/name': 1 } })), [
    {
      path: "spec.components[0].labels['app.example.com/name']",
      message: 'must be a string (got 1)',
      hint: 'put it in quotes: "1"',
    },
  ]);
});

test('an inherited name is no known field', () => {
  assert.equal(problemsOf({ computeNamespace: 'a', constructor: 1 } as unknown as Json).length, 1);
});

test('an independent validator agrees on what is valid', () => {
  const { properties = {}, ...rest } = schema;
  const {
    'x-kubernetes-list-type': _,
    'x-kubernetes-list-map-keys': __,
    ...components
  } = properties['components'] ?? {};
  const item = {
    ...components.items,
    additionalProperties: false,
    required: ['name'],
    properties: {
      ...components.items?.properties,
      replicas: { type: ['integer', 'string'], minimum: 0, pattern: '^\\$\\{.+\\}$' },
      value: {},
    },
  };
  const strict = {
    ...rest,
    additionalProperties: false,
    properties: { ...properties, components: { ...components, items: item } },
  };
  const accepts = new Ajv({ strict: false }).compile(strict);
  const some = fc.constantFrom<Json[]>(
    '',
    'web',
    'Deployment',
    '${x}',
    0,
    -1,
    2.5,
    true,
    [],
    ['a'],
    [1],
    {},
    { a: 'b' },
  );
  const part = fc.dictionary(fc.constantFrom('name', 'kind', 'replicas', 'labels', 'pod', 'value', 'other'), some);
  const whole = fc.record(
    {
      computeNamespace: some,
      components: fc.array(part, { maxLength: 1 }),
      paused: some,
      weight: some,
      clusters: some,
      args: some,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(whole, (value) => {
      const problems = problemsOf(value as Json);
      assert.equal(problems.length === 0, accepts(value), JSON.stringify(problems));
    }),
    { numRuns: 500 },
  );
});
