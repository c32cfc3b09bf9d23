import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import { readSchemas, schemasIn } from './required-schemas.ts';

const kindsOf = 'x-kubernetes-group-version-kind';

function documentWith(schemas: JsonObject): JsonObject {
  return { openapi: '3.0.0', components: { schemas } };
}

function schemaFor(...kinds: readonly JsonObject[]): JsonObject {
  return { type: 'object', [kindsOf]: kinds };
}

test('a schema is found by group, version and kind, in any of the documents', () => {
  const widget = schemaFor({ group: 'example.org', version: 'v1', kind: 'Widget' });
  const pod = schemaFor({ group: '', version: 'v1', kind: 'Pod' });
  const schemaOf = schemasIn([documentWith({ a: widget }), { openapi: '3.0.0' }, documentWith({ b: pod })]);
  assert.deepEqual(schemaOf({ apiVersion: 'example.org/v1', kind: 'Widget' }), widget);
  assert.deepEqual(schemaOf({ apiVersion: 'v1', kind: 'Pod' }), pod);
  assert.equal(schemaOf({ apiVersion: 'example.org/v2', kind: 'Widget' }), undefined);
  assert.equal(schemaOf({ apiVersion: 'v1', kind: 'Widget' }), undefined);
});

test('what several kinds share is the schema of none', () => {
  const kinds = ['v1', 'v2'].map((version) => ({ group: 'example.org', version, kind: 'DeleteOptions' }));
  const schemaOf = schemasIn([documentWith({ a: schemaFor(...kinds) })]);
  assert.equal(schemaOf({ apiVersion: 'example.org/v1', kind: 'DeleteOptions' }), undefined);
});

test('documents are read from a folder and the folders in it', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'apis'));
  writeFileSync(join(folder, 'apis', 'b.json'), '{"b": 1}');
  writeFileSync(join(folder, 'a.json'), '{"a": 1}');
  writeFileSync(join(folder, 'notes.txt'), 'not read');
  assert.deepEqual(readSchemas(folder), [{ a: 1 }, { b: 1 }]);
});

test('a folder without documents, a file and what is not JSON are refused, with what to do', (t) => {
  const folder = temporaryFolder(t);
  assert.throws(() => readSchemas(folder), /there is no \.json file in .*; save what kubectl get --raw/);
  const file = join(folder, 'a.json');
  writeFileSync(file, '{');
  assert.throws(() => readSchemas(file), /a\.json is no folder; save what/);
  assert.throws(() => readSchemas(folder), /a\.json: is not JSON: /);
  writeFileSync(file, '[]');
  assert.throws(() => readSchemas(folder), /a\.json: must be an OpenAPI document/);
});

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossply-schemas-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
