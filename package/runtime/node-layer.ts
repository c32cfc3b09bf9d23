import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Program, runProgram } from '../run-program.ts';
import type { Architecture } from './architecture.ts';
import { cachedLayer, type Layer } from './layer.ts';
import lock from './node.lock.json' with { type: 'json' };
import { readTar, type TarFile } from './tar-file.ts';

/** Where the image has Node.js. */
export const nodePath = '/usr/bin/node';

const npm: Program = { command: 'npm', missing: 'it fetches the Node.js of the runtime image; it comes with Node.js' };

/** Where the package has what the image takes; npm, headers and manuals stay behind. */
const taken: { readonly [path: string]: string } = {
  'package/bin/node': nodePath.slice(1),
  'package/LICENSE': 'usr/share/doc/node/copyright',
};

/** Returns the layer with Node.js at the locked version, from the package that npm has of it for an architecture. */
export function nodeLayer(architecture: Architecture): Promise<Layer> {
  const locked = lock.packages[architecture];
  return cachedLayer(`node-${architecture}`, JSON.stringify([locked, taken]), async () => {
    const files = await readTar(gunzipSync(await fetchPackage(`${locked.name}@${lock.version}`, locked.integrity)));
    return files.flatMap((file): TarFile[] => {
      const path = taken[file.path];
      if (path === undefined || file.kind !== 'file') return [];
      return [{ ...file, path, mode: path === nodePath.slice(1) ? 0o755 : 0o644 }];
    });
  });
}

async function fetchPackage(name: string, integrity: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'crossply-node-'));
  try {
    const file = String(await runProgram(npm, ['pack', '--silent', '--pack-destination', folder, name])).trim();
    const content = await readFile(join(folder, file.split('\n').at(-1) ?? ''));
    const got = `sha512-${createHash('sha512').update(content).digest('base64')}`;
    if (got === integrity) return content;
    throw new Error(`npm fetched another ${name} than the locked one: expected ${integrity}, got ${got}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
