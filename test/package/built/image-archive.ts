import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { extract, type Header } from 'tar-stream';

/** The part of an image configuration that matters to who runs it. */
export type ImageConfig = {
  readonly architecture: string;
  readonly created?: string;
  readonly config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly ExposedPorts: object;
    readonly WorkingDir: string;
    readonly Labels: { readonly [name: string]: string };
  };
};

/** One entry of an archive: its header as it was written, and its content. */
export type Entry = { readonly header: Header; readonly content: Buffer };

/** What a package file holds. */
export interface ImageArchive {
  readonly config: ImageConfig;
  /** The entries of the layers, lowest layer first. */
  readonly layers: readonly (readonly Entry[])[];
}

/** Reads a package or an image from the file that `crossplane xpkg build` or `docker save` writes. */
export async function readImageArchive(path: string): Promise<ImageArchive> {
  const entries = await entriesOf(readFileSync(path));
  const contentOf = (name: string) => {
    const found = entries.find(({ header }) => header.name === name);
    if (found === undefined) throw new Error(`${path} has no ${name}`);
    return found.content;
  };
  const [manifest]: { Config: string; Layers: string[] }[] = JSON.parse(String(contentOf('manifest.json')));
  if (manifest === undefined) throw new Error(`${path} holds no image`);
  return {
    config: JSON.parse(String(contentOf(manifest.Config))),
    layers: await Promise.all(manifest.Layers.map((name) => entriesOf(gunzipSync(contentOf(name))))),
  };
}

async function entriesOf(archive: Buffer): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    entries.push({ header: entry.header, content: Buffer.concat(chunks) });
  }
  return entries;
}
