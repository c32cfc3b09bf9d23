import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../wire/function-process.ts';
import type { ImageArchive } from './image-archive.ts';

const user = 65532;

/** Makes the root read-only, then becomes the nonroot user in it; "$1" is the root, the rest the command. */
const enter = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && root="$1" && shift && exec';

/**
 * Root changes its user in a mount namespace of its own. Anyone else is root only in a user namespace, where no other user
 * exists, and becomes the nonroot user in a second one; either way the kernel gives the process no capability.
 */
const asRoot = ['--mount', 'sh', '-c', `${enter} chroot --userspec=${user}:${user} "$root" "$@"`];
const asAnyone = [
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  `${enter} unshare --user --map-user=${user} --map-group=${user} --root="$root" --wd=/ "$@"`,
];

/** Unpacks an image into a folder that is removed when the test ends, and returns the folder. */
export function unpackImage(t: TestContext, { layers }: ImageArchive): string {
  const root = join(temporaryFolder(t), 'root');
  mkdirSync(root, { mode: 0o755 });
  for (const { header, content } of layers.flat()) {
    const path = join(root, header.name);
    mkdirSync(dirname(path), { recursive: true });
    if (header.type === 'directory') mkdirSync(path, { recursive: true });
    else if (header.type === 'symlink') symlinkSync(header.linkname ?? '', path);
    else writeFileSync(path, content);
    if (header.type !== 'symlink') chmodSync(path, header.mode ?? 0);
  }
  return root;
}

/** Starts a command in an unpacked image as nonroot on a read-only root; it is killed when the test ends. */
export function startInImage(
  t: TestContext,
  root: string,
  command: readonly string[],
  environment: readonly string[],
): ChildProcess {
  const wrap = process.getuid?.() === 0 ? asRoot : asAnyone;
  const variables = Object.fromEntries(environment.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  // The machine's own PATH finds mount and chroot; the image's only has node.
  const env = { ...variables, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
  const child = spawn('unshare', [...wrap, 'sh', root, ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

/** Returns what a process wrote to a stream until a pattern matched; rejects with all of it when the process ended before. */
export function untilWritten(
  child: ChildProcess,
  stream: 'stdout' | 'stderr',
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    const note = (chunk: string) => {
      text += chunk;
    };
    child[stream === 'stdout' ? 'stderr' : 'stdout']?.setEncoding('utf8').on('data', note);
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
      note(chunk);
      const match = pattern.exec(text);
      if (match !== null) resolve(match);
    });
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`it ended with ${code} before it wrote ${pattern}: ${text}`)));
  });
}
