import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { buildServer } from '../../../../package/build.ts';

/** One change to the sources of another release: a text that stands once in a file, and what stands there instead. */
export interface SourceChange {
  /** Path below the root of this project, with slashes. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Bundles the function server as another release with changed sources and returns its path; refuses a change that finds nothing to change. */
export async function buildChanged(folder: string, version: string, changes: readonly SourceChange[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  const made = new Set<SourceChange>();
  const server = await buildServer(await mkdtemp(join(folder, `${version}-`)), version, [change(changes, made)]);
  const missed = changes.filter((each) => !made.has(each));
  if (missed.length > 0) throw new Error(`the bundle does not contain ${missed.map(({ file }) => file).join(', ')}`);
  return server;
}

function change(changes: readonly SourceChange[], made: Set<SourceChange>): Plugin {
  return {
    name: 'change-sources',
    setup({ onLoad, initialOptions: { absWorkingDir = '' } }) {
      for (const path of new Set(changes.map(({ file }) => join(absWorkingDir, file)))) {
        onLoad({ filter: exactly(path) }, async () => {
          let contents = await readFile(path, 'utf8');
          for (const each of changes.filter(({ file }) => join(absWorkingDir, file) === path)) {
            const [before = '', after, ...more] = contents.split(each.from);
            if (after === undefined || more.length > 0)
              throw new Error(`${each.file} must say this once: ${each.from}`);
            contents = `${before}${each.to}${after}`;
            made.add(each);
          }
          return { contents, loader: 'ts' };
        });
      }
    },
  };
}

/** A plugin's filter is an expression of Go; letters, digits and escaped signs mean the same in both languages. */
function exactly(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/[^\w/-]/g, '\\$&')}$`);
}
