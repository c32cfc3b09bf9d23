import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pack } from 'tar-stream';
import { readTar, type TarFile, writeTar } from '../../package/runtime/tar-file.ts';

const files: readonly TarFile[] = [
  { kind: 'file', path: 'usr/bin/node', mode: 0o755, content: Buffer.from('node') },
  { kind: 'symlink', path: 'lib', target: 'usr/lib' },
  { kind: 'directory', path: 'tmp', mode: 0o1777 },
];

test('an archive holds the files, sorted, below their folders', async () => {
  assert.deepEqual(await readTar(await writeTar(files)), [
    files[1],
    files[2],
    { kind: 'directory', path: 'usr', mode: 0o755 },
    { kind: 'directory', path: 'usr/bin', mode: 0o755 },
    files[0],
  ]);
});

test('the order in which files are given does not change a byte', async () => {
  assert.deepEqual(await writeTar(files.toReversed()), await writeTar(files));
});

test('a hard link is refused by name', async () => {
  const archive = pack();
  archive.entry({ name: './twin', type: 'link', linkname: 'other' });
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  await assert.rejects(
    readTar(Buffer.concat(chunks)),
    /\.\/twin is a link: only files, directories and symbolic links/,
  );
});
