import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { cacheFolder } from '../../../package/cache-folder.ts';
import { temporaryFolder } from '../../wire/function-process.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** What building reads; node_modules is linked. */
const sources = ['package.json', 'package', 'functions', 'xrds', 'compositions'];

test('the same sources give the same packages, wherever and whenever they are built', async (t) => {
  const scratch = temporaryFolder(t);
  const elsewhere = join(scratch, 'a checkout of another time');
  for (const name of sources) cpSync(join(root, name), join(elsewhere, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(elsewhere, 'node_modules'));
  for (const entry of readdirSync(elsewhere, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), 1e9, 1e9);
  }
  // Programs and what is fetched are checked by their pins; layers are packed anew.
  const cache = join(scratch, 'cache');
  mkdirSync(cache);
  for (const name of ['programs', 'debian']) symlinkSync(cacheFolder(name), join(cache, name));

  const here = await build(root, join(scratch, 'one'), 'umask 022', {});
  const there = await build(elsewhere, join(scratch, 'two'), 'umask 077', { CROSSPLY_CACHE: cache, TZ: 'Asia/Tokyo' });
  assert.deepEqual(Object.keys(here).sort(), ['crossply-1.2.3.xpkg', 'function-crossply-1.2.3-amd64.xpkg']);
  assert.deepEqual(there, here);
});

/** Returns the digest of each package that the command line builds. */
async function build(
  folder: string,
  output: string,
  before: string,
  environment: { readonly [name: string]: string },
): Promise<{ readonly [file: string]: string }> {
  const flags = ['--version', '1.2.3', '--arch', 'amd64', '--output', output];
  const command = [process.execPath, join(folder, 'package', 'main.ts'), ...flags];
  await promisify(execFile)('sh', ['-c', `${before} && exec "$@"`, 'sh', ...command], {
    env: { ...process.env, ...environment },
  });
  const packages = readdirSync(output).filter((name) => name.endsWith('.xpkg'));
  return Object.fromEntries(packages.map((name) => [name, digest(join(output, name))]));
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
