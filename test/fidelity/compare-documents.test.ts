import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareDocuments } from './compare-documents.ts';
import { formatDifferences } from './json-differences.ts';

const app = 'kind: App\nmetadata: {name: web, namespace: team}\nspec: {list: [1, {a: x}]}\n';
const other = 'kind: Object\nmetadata: {name: one}\n';

function result(message: string): string {
  return `kind: Result\nmessage: ${JSON.stringify(message)}\n`;
}

function stream(...documents: readonly string[]): string {
  return documents.map((document) => `---\n${document}`).join('');
}

test('the same documents have no difference, however they are written', () => {
  const written = 'metadata:\n  namespace: "team"\n  name: web\nkind: App\nspec:\n  list:\n  - 1\n  - {a: "x"}\n';
  assert.deepEqual(compareDocuments(stream(app, other), stream(written, other)), []);
});

test('a difference is told with its path and both sides', () => {
  const changed = app.replace('a: x', 'a: y, "b.c": 2');
  const differences = compareDocuments(stream(app), stream(changed));
  assert.deepEqual(differences, [
    { path: 'App team/web: spec.list[1].a', theirs: 'x', ours: 'y' },
    { path: 'App team/web: spec.list[1]["b.c"]', ours: 2 },
  ]);
  assert.equal(
    formatDifferences(differences, 1),
    'App team/web: spec.list[1].a\n  theirs: "x"\n  ours:   "y"\nand 1 more',
  );
});

test('a document that only one side has is told, and so is another order', () => {
  assert.deepEqual(compareDocuments(stream(app), stream(other)), [
    { path: 'App team/web', theirs: 'a document' },
    { path: 'Object one', ours: 'a document' },
  ]);
  const [first] = compareDocuments(stream(app, other), stream(other, app));
  assert.deepEqual(first, { path: 'order of documents[0]', theirs: 'App team/web', ours: 'Object one' });
});

test('only what is not yet ready may be told in any order', () => {
  const unready = (name: string) => result(`Composed resource "${name}" is not yet ready`);
  const [one, two] = [unready('one'), unready('two')];
  assert.deepEqual(compareDocuments(stream(app, two, result('x'), one), stream(app, one, result('x'), two)), []);
  assert.notDeepEqual(compareDocuments(stream(one, result('x')), stream(result('x'), one)), []);
  assert.notDeepEqual(compareDocuments(stream(result('x'), result('y')), stream(result('y'), result('x'))), []);
});

test('what is no stream of objects is a mistake, not a difference', () => {
  assert.throws(() => compareDocuments('---\n[', stream(app)), /is not YAML/);
  assert.throws(() => compareDocuments('---\ntext\n', stream(app)), /no object but "text"/);
});
