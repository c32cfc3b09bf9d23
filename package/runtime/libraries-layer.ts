import type { Architecture } from './architecture.ts';
import lock from './debian.lock.json' with { type: 'json' };
import { debianPackageFiles } from './debian-package.ts';
import { cachedLayer, type Layer } from './layer.ts';
import type { TarFile } from './tar-file.ts';

/** The user that the image runs as when nobody says otherwise: nonroot, as in distroless images. */
export const nonroot = 65532;

/** What a process expects of a root file system and no package brings; only /tmp is for anyone to write. */
const base: readonly TarFile[] = [
  { kind: 'symlink', path: 'lib', target: 'usr/lib' },
  { kind: 'symlink', path: 'lib64', target: 'usr/lib64' },
  { kind: 'directory', path: 'dev', mode: 0o755 },
  { kind: 'directory', path: 'proc', mode: 0o755 },
  { kind: 'directory', path: 'sys', mode: 0o755 },
  { kind: 'directory', path: 'tmp', mode: 0o1777 },
  text('etc/passwd', `root:x:0:0:root:/:/sbin/nologin\nnonroot:x:${nonroot}:${nonroot}:nonroot:/tmp:/sbin/nologin\n`),
  text('etc/group', `root:x:0:\nnonroot:x:${nonroot}:\n`),
];

/** Returns the layer with the C and C++ libraries that Node.js is linked with, from packages of Debian at locked versions. */
export function librariesLayer(architecture: Architecture): Promise<Layer> {
  const key = JSON.stringify([lock.packages[architecture], base, String(isNeeded)]);
  return cachedLayer(`libraries-${architecture}`, key, async () => {
    const files: TarFile[] = [];
    for (const locked of lock.packages[architecture]) {
      files.push(...(await debianPackageFiles(locked, lock.snapshot)).filter(isNeeded));
    }
    return [...files, ...base];
  });
}

/** Libraries and their licences; character sets of the C library are left out, because Node.js has its own. */
function isNeeded({ kind, path }: TarFile): boolean {
  if (kind === 'directory') return false;
  if (path.startsWith('usr/share/doc/')) return path.endsWith('/copyright') || kind === 'symlink';
  return /^usr\/lib(64)?\//.test(path) && !/\/(gconv|audit)\//.test(path);
}

function text(path: string, content: string): TarFile {
  return { kind: 'file', path, mode: 0o644, content: Buffer.from(content) };
}
