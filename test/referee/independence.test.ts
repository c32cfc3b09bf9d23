import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const judging = join(import.meta.dirname, 'judging');

/** Libraries that the judging files may use: no part of this project. */
const libraries = ['croner'];

test('what judges imports nothing of what it judges, not even through others', () => {
  const visited = new Set<string>();
  const waiting = globSync('**/*.ts', { cwd: judging }).map((file) => join(judging, file));
  assert.ok(waiting.length > 20);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (visited.has(file)) continue;
    visited.add(file);
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) waiting.push(join(dirname(file), name));
      else if (!name.startsWith('node:'))
        assert.ok(libraries.includes(name), `${relative(root, file)} imports ${name}`);
    }
  }
  const outside = [...visited].filter((file) => !file.startsWith(`${judging}/`)).map((file) => relative(root, file));
  assert.deepEqual(outside, []);
});

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, name]) => name ?? []);
}
