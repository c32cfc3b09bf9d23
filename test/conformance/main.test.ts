import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';

function conformance(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const main = join(import.meta.dirname, 'main.ts');
  return spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' });
}

function folderOf(t: TestContext, files: { readonly [name: string]: unknown }): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
}

const sums = (sum: number) => ({
  family: 'karmada-webster',
  cases: [{ name: 'a sum', input: { op: 'weightSum', weights: [1, 2] }, expected: { sum } }],
});

test('a folder of tables that agree ends well', (t) => {
  const { status, stdout } = conformance(folderOf(t, { 'a.json': sums(3), 'b.json': { family: 'else', cases: [] } }));
  assert.equal(
    stdout,
    `FAMILY           AGREE  LISTED DEVIATION  DISAGREE  NOT MAPPED
karmada-webster  1      0                 0         0
not run: b.json (0 cases), as no family here is called else
`,
  );
  assert.equal(status, 0);
});

test('a disagreement is told, and is the exit code', (t) => {
  const { status, stdout } = conformance(folderOf(t, { 'a.json': sums(4) }));
  assert.match(stdout, /^disagree: karmada-webster: a sum\n {2}expected \{"sum":4\}\n {2}given {4}\{"sum":3\}$/m);
  assert.equal(status, 1);
});

test('the tables of the repository are run when no folder is given', () => {
  const { status, stdout } = conformance();
  assert.match(stdout, /^karmada-division +\d+ +0 +0 +0$/m);
  assert.equal(status, 0);
});

test('--help shows how it is called', () => {
  const { status, stdout } = conformance('--help');
  assert.match(stdout, /^npm run conformance -- \[DIR\]\n/);
  assert.equal(status, 0);
});

test('what cannot be read is said in one line', (t) => {
  for (const [words, message] of [
    [[join(tmpdir(), 'no-such-folder')], /no such file or directory/],
    [[folderOf(t, {})], /has no tables \(\*\.json\)\n$/],
    [[folderOf(t, { 'a.json': [] })], /^a\.json is no table: it needs a text "family" and a list "cases"\n$/],
    [
      [folderOf(t, { 'a.json': { family: 'x', cases: [{}] } })],
      /^a\.json: cases\[0\] is no case: it needs a text "name"/,
    ],
    [['a', 'b'], /^one folder at a time \(got a, b\)\n$/],
    [['--all'], /Unknown option '--all'/],
  ] as const) {
    const { status, stdout, stderr } = conformance(...words);
    assert.match(stderr, message);
    assert.equal(stdout, '');
    assert.equal(status, 2);
  }
});
