import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { blocksOf, withoutInstallation } from './documented-commands.ts';
import { freePort, root } from './examples/start-renderer.ts';

const pages = ['README.md', ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}/README.md`)];
const blocks = pages.flatMap((page) => blocksOf(join(root, page)).map((block) => ({ page, ...block })));
const scripts = new Map(
  blocks
    .filter(({ language }) => language === 'sh')
    .map(({ page, text }) => [withoutInstallation(text).trim(), page] as const)
    .reverse(),
);
const testScript = 'npm test';

let copy = '';
let port = 0;

/** The commands run in a copy whose examples use a port of their own; what they do not write to is linked. */
before(async () => {
  copy = mkdtempSync(join(tmpdir(), 'crossply-readme-'));
  port = await freePort();
  for (const name of ['cli', 'compositions', 'functions', 'node_modules', 'package.json', 'xrds'])
    symlinkSync(join(root, name), join(copy, name));
  cpSync(join(root, 'examples'), join(copy, 'examples'), { recursive: true });
  const functions = join(copy, 'examples/bring-your-own-renderer/functions.yaml');
  writeFileSync(functions, readFileSync(functions, 'utf8').replaceAll('9555', String(port)));
});

after(() => rmSync(copy, { recursive: true }));

test('every page says how to run what it shows', () => {
  for (const page of pages)
    assert.ok(
      blocks.some((block) => block.page === page && block.language === 'sh'),
      page,
    );
});

suite('commands do what the page says', { concurrency: 2 }, () => {
  for (const [script, page] of scripts) {
    if (script === testScript) continue;
    test(`${page}: ${script.split('\n').join('; ')}`, async () => {
      const text = script.replaceAll('9555', String(port)).replaceAll('/tmp/', `${copy}/`);
      const { code, output, errors } = await runScript(text);
      assert.equal(code, 0, `${errors}\n${output}`);
      assert.notEqual(output, '');
      assert.doesNotMatch(output, /NOT finished/);
      assert.doesNotMatch(output + errors, /\r/, 'progress is for terminals');
    });
  }
});

test(`${testScript} runs the tests of functions, command line and repository`, () => {
  const { scripts: known } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const folder of ['functions', 'cli', 'test'])
    assert.match(known.test, new RegExp(`'${folder}/\\*\\*/\\*\\.test\\.ts'`));
  for (const [script] of scripts)
    for (const [, name = ''] of script.matchAll(/npm run (?:--silent )?(\w+)/g)) assert.ok(name in known, name);
});

test('npm run serve -- --help lists the flags', async () => {
  assert.match(readFileSync(join(root, 'README.md'), 'utf8'), /`npm run serve -- --help`/);
  const { code, output } = await runScript('npm run serve -- --help');
  assert.equal(code, 0);
  assert.match(output, /--tls-certs-dir/);
});

test('YAML snippets can be read, and the pipeline is the one of the example', () => {
  const snippets = blocks.filter(({ language }) => language === 'yaml');
  for (const { page, text } of snippets)
    for (const { errors } of parseAllDocuments(text)) assert.deepEqual(errors, [], page);
  const shown = snippets.map(({ text }) => parse(text)).find((value) => 'pipeline' in value);
  const composition = parse(readFileSync(join(root, 'examples/bring-your-own-renderer/composition.yaml'), 'utf8'));
  assert.deepEqual(shown?.pipeline, composition.spec.pipeline);
});

test('links lead to files of the repository', () => {
  for (const page of pages) {
    const links = readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)\)/g);
    for (const [, link = ''] of links) assert.ok(existsSync(join(root, page, '..', link)), `${page}: ${link}`);
  }
});

/** Runs a script in a process group of its own, which is ended with the script: nothing it started in the background stays. */
async function runScript(text: string) {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', text], { cwd: copy, detached: true, stdio: [...stdio] });
  const [output, errors, [code]] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    once(child, 'exit').then((ended) => {
      endGroup(child.pid);
      return ended;
    }),
  ]);
  return { code, output, errors };
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left, as it should be.
  }
}
