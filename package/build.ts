import { join } from 'node:path';
import { build } from 'esbuild';

/** The root of this package. */
const root = join(import.meta.dirname, '..');

/** Libraries that are CommonJS inside call require for Node's own modules; an ES module has no require of its own. */
const requireBanner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Bundles the function server into one file in a folder, the same bytes from the same sources, and returns its path. */
export async function buildServer(folder: string): Promise<string> {
  const outfile = join(folder, 'function-crossply.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['functions/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    keepNames: true,
    legalComments: 'linked',
    logLevel: 'warning',
    banner: { js: requireBanner },
  });
  return outfile;
}

if (process.argv[1] === import.meta.filename) {
  console.log(await buildServer(join(root, 'dist')));
}
