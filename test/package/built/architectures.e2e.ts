import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { architectures } from '../../../package/runtime/architecture.ts';
import { runtimeImage } from '../../../package/runtime/runtime-image.ts';
import { temporaryFolder } from '../../wire/function-process.ts';
import { type Entry, readImageArchive } from './image-archive.ts';

/** What names the libraries that node is linked with, and its loader, in its own file. */
const needed = /\b(?:lib[a-z_+]+|ld-linux[a-z0-9-]*)\.so\.\d+(?=\0)|\/lib(?:64)?\/ld-linux[\w-]+\.so\.\d+(?=\0)/g;

/** Other architectures cannot be started here, but what their node asks the loader for can be looked up. */
for (const architecture of architectures) {
  test(`the image for ${architecture} has the loader and every library that its node is linked with`, async (t) => {
    const folder = temporaryFolder(t);
    const server = join(folder, 'server.mjs');
    writeFileSync(server, 'export {};');
    const archive = join(folder, 'image.tar');
    writeFileSync(archive, await runtimeImage({ architecture, version: '1.2.3', server }));
    const entries = (await readImageArchive(archive)).layers.flat();
    const node = entries.find(({ header }) => header.name === 'usr/bin/node');
    const names = new Set(node?.content.toString('latin1').match(needed));
    for (const expected of ['libc.so.6', 'libm.so.6', 'libstdc++.so.6', 'libgcc_s.so.1'])
      assert.ok(names.has(expected));
    const triplet = { amd64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[architecture];
    for (const name of names) {
      const path = name.startsWith('/') ? name.slice(1) : `usr/lib/${triplet}/${name}`;
      assert.equal(resolve(entries, path)?.header.type, 'file', `${path} is not in the image`);
    }
  });
}

/** Follows symbolic links, of which the first part of a path or the whole of it may be one. */
function resolve(entries: readonly Entry[], path: string): Entry | undefined {
  const find = (name: string) => entries.find(({ header }) => header.name.replace(/\/$/, '') === name);
  const [first = '', ...rest] = path.split('/');
  const folder = find(first)?.header;
  const real = folder?.type === 'symlink' ? posix.join(folder.linkname ?? '', ...rest) : path;
  const found = find(real);
  if (found?.header.type !== 'symlink') return found;
  return resolve(entries, posix.join(posix.dirname(real), found.header.linkname ?? ''));
}
