import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { cacheFolder } from '../cache-folder.ts';
import { sha256 } from './sha256.ts';
import { type TarFile, writeTar } from './tar-file.ts';

/** One layer of a container image. */
export interface Layer {
  /** SHA-256 of the archive before compression. */
  readonly diffId: string;
  /** The archive, compressed with gzip. */
  readonly blob: Buffer;
}

/** Returns the files as a layer; compressed by a library, because what zlib makes of the same bytes depends on the processor. */
export async function packLayer(files: readonly TarFile[]): Promise<Layer> {
  const archive = await writeTar(files);
  return { diffId: sha256(archive), blob: Buffer.from(gzipSync(archive, { level: 6, mtime: 0 })) };
}

/** Returns the layer that the cache keeps for a key; the first time, packs the files and keeps it. */
export async function cachedLayer(name: string, key: string, files: () => Promise<readonly TarFile[]>): Promise<Layer> {
  const path = join(cacheFolder('layers'), `${name}-${sha256(key).slice(0, 12)}`);
  const kept = await readKept(path);
  if (kept !== undefined) return kept;
  const layer = await packLayer(await files());
  await writeWhole(`${path}.tar.gz`, layer.blob);
  await writeWhole(`${path}.json`, JSON.stringify({ diffId: layer.diffId, digest: sha256(layer.blob) }));
  return layer;
}

/** A layer that is not what was written is no layer: someone cleaned the cache, or a disk was full. */
async function readKept(path: string): Promise<Layer | undefined> {
  try {
    const { diffId, digest } = JSON.parse(await readFile(`${path}.json`, 'utf8')) as { diffId: string; digest: string };
    const blob = await readFile(`${path}.tar.gz`);
    return sha256(blob) === digest ? { diffId, blob } : undefined;
  } catch {
    return undefined;
  }
}

/** Two builds may run at once: each writes a file of its own and the last one wins. */
async function writeWhole(path: string, content: Buffer | string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}
