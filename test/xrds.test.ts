import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { inputSchemas } from '../functions/generated/schemas.ts';
import type { Json } from '../functions/kube/json.ts';
import { validate } from '../functions/kube/structural-schema.ts';
import { generatedFiles } from './generate/generated-files.ts';
import { readComposites, readInputs, root, schemaAt, type WrittenSchema } from './generate/sources.ts';

const composites = readComposites();
const inputs = readInputs();
const sources = [...composites, ...inputs];

/** Every schema below one, with its path. */
function* walk(
  schema: WrittenSchema,
  path: string,
): Generator<{ path: string; schema: WrittenSchema; isField: boolean }> {
  yield { path, schema, isField: !/[\])}]$/.test(path) };
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (path !== '' || name !== 'metadata') yield* walk(child, path === '' ? name : `${path}.${name}`);
  }
  if (schema.items !== undefined) yield* walk(schema.items, `${path}[]`);
  if (schema.additionalProperties !== undefined) yield* walk(schema.additionalProperties, `${path}{}`);
}

const schemas = sources.flatMap(({ file, schema }) =>
  [...walk(schema, '')].map((found) => ({ ...found, where: `${file} ${found.path}` })),
);

/** Returns where a rule about schemas does not hold. */
const offenders = (isWrong: (found: (typeof schemas)[number]) => boolean) =>
  schemas.filter(isWrong).map(({ where }) => where);

test('every field has a description that is a sentence', () => {
  assert.deepEqual(
    offenders(({ schema, isField }) => isField && !/^[A-Z].*\.$/.test(schema.description ?? '')),
    [],
  );
});

test('every schema has a type, or says that it takes more than one', () => {
  const isTyped = ({ type, ...rest }: WrittenSchema) =>
    type !== undefined ||
    rest['x-kubernetes-int-or-string'] === true ||
    rest['x-kubernetes-preserve-unknown-fields'] === true;
  assert.deepEqual(
    offenders(({ schema }) => !isTyped(schema)),
    [],
  );
});

test('every list says how it is merged, and the keys of a list map are required or have a default', () => {
  assert.deepEqual(
    offenders(({ schema }) => schema.type === 'array' && schema['x-kubernetes-list-type'] === undefined),
    [],
  );
  const hasKey = ({ required, properties }: WrittenSchema, key: string) =>
    required?.includes(key) === true || properties?.[key]?.default !== undefined;
  const keysOf = (schema: WrittenSchema) => schema['x-kubernetes-list-map-keys'] ?? [];
  assert.deepEqual(
    offenders(({ schema }) => keysOf(schema).some((key) => !hasKey(schema.items ?? {}, key))),
    [],
  );
  const isMap = (schema: WrittenSchema) => schema['x-kubernetes-list-type'] === 'map';
  assert.deepEqual(
    offenders(({ schema }) => isMap(schema) !== keysOf(schema).length > 0),
    [],
  );
});

test('every list, map and string is bounded, so that the cost of CEL rules is', () => {
  assert.deepEqual(
    offenders(({ schema }) => schema.type === 'array' && schema.maxItems === undefined),
    [],
  );
  assert.deepEqual(
    offenders(({ schema }) => schema.additionalProperties !== undefined && schema.maxProperties === undefined),
    [],
  );
  const isFixed = ({ maxLength, enum: words, format }: WrittenSchema) => (maxLength ?? words ?? format) !== undefined;
  const isText = (schema: WrittenSchema) => schema.type === 'string' || schema['x-kubernetes-int-or-string'] === true;
  const isNameOfApi = (path: string) => path === 'apiVersion' || path === 'kind';
  assert.deepEqual(
    offenders(({ schema, path }) => isText(schema) && !isFixed(schema) && !isNameOfApi(path)),
    [],
  );
});

test('every required field exists, and every default keeps to its own schema', () => {
  const lacks = ({ required = [], properties = {} }: WrittenSchema) =>
    required.some((name) => !Object.hasOwn(properties, name));
  assert.deepEqual(
    offenders(({ schema }) => lacks(schema)),
    [],
  );
  const isBad = (schema: WrittenSchema) =>
    schema.default !== undefined && validate(schema, schema.default, '').length > 0;
  assert.deepEqual(
    offenders(({ schema }) => isBad(schema)),
    [],
  );
});

test('every rule has a message, and none compares a whole spec with its past, which core changes', () => {
  const rulesOf = (schema: WrittenSchema) => schema['x-kubernetes-validations'] ?? [];
  assert.deepEqual(
    offenders(({ schema }) => rulesOf(schema).some(({ message = '' }) => message.length < 20)),
    [],
  );
  assert.deepEqual(
    offenders(({ schema, path }) => path === 'spec' && rulesOf(schema).some(({ rule }) => rule.includes('oldSelf'))),
    [],
  );
});

test('every rule has only what the API server knows: a comma in a message without quotes begins another key', () => {
  const known = ['rule', 'message'];
  const rulesOf = (schema: WrittenSchema) => schema['x-kubernetes-validations'] ?? [];
  assert.deepEqual(
    offenders(({ schema }) => rulesOf(schema).some((rule) => Object.keys(rule).some((key) => !known.includes(key)))),
    [],
  );
});

test('every definition is named as Crossplane wants it and has its default Composition', () => {
  for (const { definition } of composites) {
    const { metadata, spec } = definition;
    assert.equal(metadata.name, `${spec.names.plural}.crossply.dev`);
    assert.equal(spec.defaultCompositionRef?.name, metadata.name);
  }
  for (const { definition } of inputs)
    assert.equal(definition.metadata.name, `${definition.spec.names.plural}.fn.crossply.dev`);
});

test('every column shows a field that exists', () => {
  for (const { file, schema, columns } of composites) {
    assert.ok(columns.length > 0, file);
    for (const { jsonPath } of columns) assert.ok(schemaAt(schema, jsonPath.slice(1)), `${file} ${jsonPath}`);
  }
});

test('the generated files are current: npm run generate', () => {
  for (const [file, text] of generatedFiles())
    assert.ok(readFileSync(join(root, file), 'utf8') === text, `${file} is stale`);
});

type Composition = {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly compositeTypeRef: { readonly apiVersion: string; readonly kind: string };
    readonly mode: string;
    readonly pipeline: readonly {
      readonly step: string;
      readonly functionRef: { readonly name: string };
      readonly input: { readonly apiVersion: string; readonly kind: string; readonly spec?: Json };
    }[];
  };
};

const compositions = readdirSync(join(root, 'compositions')).map(
  (file) => parse(readFileSync(join(root, 'compositions', file), 'utf8')) as Composition,
);

test('every composite kind has one Composition, and every Composition a kind', () => {
  const kinds = compositions.map(({ spec }) => spec.compositeTypeRef.kind).sort();
  assert.deepEqual(
    kinds,
    composites.map(({ kind }) => kind),
  );
  for (const { metadata, spec } of compositions) {
    const definition = composites.find(({ kind }) => kind === spec.compositeTypeRef.kind)?.definition;
    assert.equal(metadata.name, definition?.metadata.name);
    assert.equal(spec.compositeTypeRef.apiVersion, 'crossply.dev/v1alpha1');
    assert.equal(spec.mode, 'Pipeline');
  }
});

test('every step calls our function with an input that its schema takes', () => {
  for (const { metadata, spec } of compositions) {
    assert.equal(new Set(spec.pipeline.map(({ step }) => step)).size, spec.pipeline.length);
    for (const { step, functionRef, input } of spec.pipeline) {
      assert.equal(functionRef.name, 'function-crossply');
      assert.equal(input.apiVersion, 'fn.crossply.dev/v1beta1');
      const schema = inputSchemas[input.kind];
      assert.ok(schema, `${metadata.name} ${step}: no input kind ${input.kind}`);
      assert.deepEqual(validate(schema, input.spec ?? {}, `${metadata.name} ${step}`), []);
    }
  }
});

test('every status has a place for the request to reconcile that core has answered: else core answers it again and again', () => {
  for (const { file, schema } of composites) {
    assert.equal(schemaAt(schema, 'status.lastHandledReconcileAt').type, 'string', file);
  }
});
