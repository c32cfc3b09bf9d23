import { extract, pack } from 'tar-stream';

/** One file of a tar archive; `path` is relative to the root of the archive and has no leading or trailing slash. */
export type TarFile =
  | { readonly kind: 'file'; readonly path: string; readonly mode: number; readonly content: Buffer }
  | { readonly kind: 'directory'; readonly path: string; readonly mode: number }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string };

/** Returns the files of a tar archive in their order; refuses hard links and devices, which nothing here needs. */
export async function readTar(archive: Buffer): Promise<readonly TarFile[]> {
  const files: TarFile[] = [];
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader) {
    const { name, type, mode = 0, linkname } = entry.header;
    const path = name.replace(/^(\.?\/)+|\/+$|^\.$/g, '');
    const content = await contentOf(entry);
    if (path === '') continue;
    if (type === 'file') files.push({ kind: 'file', path, mode, content });
    else if (type === 'directory') files.push({ kind: 'directory', path, mode });
    else if (type === 'symlink' && linkname) files.push({ kind: 'symlink', path, target: linkname });
    else
      throw new Error(`${name} is a ${type}: only files, directories and symbolic links are expected in this archive`);
  }
  return files;
}

/**
 * Returns a tar archive of the files and the folders above them, all owned by root, sorted, and of the year 1970, so that
 * the same files always give the same bytes.
 */
export async function writeTar(files: readonly TarFile[]): Promise<Buffer> {
  const all = new Map<string, TarFile>();
  for (const { path } of files) {
    for (const above of foldersAbove(path)) all.set(above, { kind: 'directory', path: above, mode: 0o755 });
  }
  for (const file of files) all.set(file.path, file);
  const writer = pack();
  for (const path of [...all.keys()].sort()) {
    const file = all.get(path);
    if (file !== undefined) addFile(writer, file);
  }
  writer.finalize();
  return contentOf(writer);
}

function addFile(writer: ReturnType<typeof pack>, file: TarFile): void {
  const common = { name: file.path, mtime: new Date(0), uid: 0, gid: 0, uname: 'root', gname: 'root' };
  if (file.kind === 'file') writer.entry({ ...common, type: 'file', mode: file.mode }, file.content);
  else if (file.kind === 'directory') writer.entry({ ...common, type: 'directory', mode: file.mode });
  else writer.entry({ ...common, type: 'symlink', mode: 0o777, linkname: file.target });
}

function foldersAbove(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

async function contentOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new Error('a tar stream consists of bytes');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
