import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { buildServer } from '../../package/build.ts';
import { runtimeFlags } from '../../package/runtime-flags.ts';
import { temporaryFolder } from '../wire/function-process.ts';

const root = join(import.meta.dirname, '..', '..');
const lines = readFileSync(join(root, 'package/Dockerfile'), 'utf8').split('\n');

/** Returns the arguments of the one line with an instruction. */
function argumentsOf(instruction: string): string {
  const [line, ...more] = lines.filter((each) => each.startsWith(`${instruction} `));
  assert.deepEqual(more, []);
  return line?.slice(instruction.length + 1) ?? '';
}

test('the Dockerfile starts the server with the flags of the packages', () => {
  const [node, ...rest] = JSON.parse(argumentsOf('ENTRYPOINT'));
  assert.equal(node, '/nodejs/bin/node');
  assert.deepEqual(rest, [...runtimeFlags, '/function-crossply.mjs']);
});

test('the Dockerfile copies what npm run build writes', async (t) => {
  const folder = temporaryFolder(t);
  const bundle = relative(folder, await buildServer(folder));
  const copied = argumentsOf('COPY')
    .split(' ')
    .filter((word) => !word.startsWith('--'));
  assert.deepEqual(copied, [`dist/${bundle}`, `dist/${bundle}.LEGAL.txt`, '/']);
  assert.match(readFileSync(join(root, 'package/build.ts'), 'utf8'), /buildServer\(join\(root, 'dist'\)\)/);
});

test('the Dockerfile names a base by its tag and runs as nonroot', () => {
  assert.match(argumentsOf('FROM'), /^gcr\.io\/distroless\/nodejs24-debian13:nonroot$/);
  assert.equal(argumentsOf('USER'), '65532:65532');
});
