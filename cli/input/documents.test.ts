import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readDocuments } from './documents.ts';

test('objects are read from folders in order of name, hidden ones aside, and from every item of a List', (t) => {
  const folder = folderWith(t, {
    'b.yaml':
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: b1}}\n- {apiVersion: v1, kind: A, metadata: {name: b2}}\n',
    'a/x.json': '{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}}',
    '.git/y.yaml': 'apiVersion: v1\nkind: A\nmetadata: {name: hidden}\n',
    'notes.md': '# not read',
  });
  const { documents, problems } = readDocuments(folder);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    documents.map(({ object, lineOf }) => [object.metadata.name, lineOf()]),
    [
      ['a', 1],
      ['b1', 4],
      ['b2', 5],
    ],
  );
});

test('a field has a line, also behind an alias; what is not there has the line above it', (t) => {
  const folder = folderWith(t, {
    'a.yaml': [
      'apiVersion: v1',
      'kind: List',
      'items:',
      '- apiVersion: v1',
      '  kind: A',
      '  metadata: {name: one, annotations: {example.com/key: x}}',
      '  spec:',
      '    list: &list',
      '    - name: first',
      '    - name: second',
      '- apiVersion: v1',
      '  kind: A',
      '  metadata: {name: two}',
      '  spec:',
      '    list: *list',
    ].join('\n'),
  });
  const [one, two] = readDocuments(folder).documents;
  assert.equal(one?.lineOf('spec.list[1].name'), 10);
  assert.equal(one?.lineOf("metadata.annotations['example.com/key']"), 6);
  assert.equal(one?.lineOf('spec.list[1].image'), 10);
  assert.equal(one?.lineOf('spec.replicas'), 7);
  assert.equal(two?.lineOf('spec.list[0].name'), 9);
  assert.equal(two?.lineOf('not a path['), 11);
});

test('what cannot be read is a problem with its line, and the rest of the file is read', (t) => {
  const folder = folderWith(t, {
    'a.yaml': 'a: [1\nb: 2\n---\nkind: A\n---\napiVersion: v1\nkind: A\nmetadata: {name: good}\n---\n# nothing\n',
  });
  const { documents, problems } = readDocuments(folder);
  assert.deepEqual(
    documents.map(({ object }) => object.metadata.name),
    ['good'],
  );
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message.split(':', 1)[0]]),
    [
      [2, 'is not YAML'],
      [4, 'is not a Kubernetes object'],
    ],
  );
});

function folderWith(t: TestContext, files: { readonly [name: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossply-documents-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
