import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { version as ownVersion } from '../functions/version.ts';

/** The root of this package. */
const root = join(import.meta.dirname, '..');

/** Libraries that are CommonJS inside call require for Node's own modules; an ES module has no require of its own. */
const requireBanner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Bundles the function server into one file in a folder, the same bytes from the same sources, and returns its path. The
 * server takes itself for the given version, which Revisions record. Plugins may change the sources on their way in.
 */
export async function buildServer(
  folder: string,
  version: string = ownVersion,
  plugins: readonly Plugin[] = [],
): Promise<string> {
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
    plugins: [...plugins, stampVersion(version)],
  });
  return outfile;
}

/** Replaces the one module that says the version. */
function stampVersion(version: string): Plugin {
  return {
    name: 'stamp-version',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]functions[\\/]version\.ts$/ }, () => ({
        contents: `export const version = ${JSON.stringify(version)};`,
      }));
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  console.log(await buildServer(join(root, 'dist')));
}
