import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { crossplaneCli } from './crossplane-cli.ts';
import type { Report } from './go-program.ts';
import { runProgram } from './run-program.ts';

/** What a Crossplane package is built from. */
export interface PackageSources {
  /** Folder with crossplane.yaml and the other objects. */
  readonly folder: string;
  /** Path of the runtime image's archive; only a Function has one. */
  readonly runtimeImage?: string;
}

/** Builds a Crossplane package with Crossplane's own tool and writes it to a file. */
export async function buildXpkg(sources: PackageSources, file: string, report?: Report): Promise<void> {
  await access(join(sources.folder, 'crossplane.yaml'));
  const command = await crossplaneCli(report);
  await runProgram({ command, missing: 'remove the cache folder and build again' }, [
    'xpkg',
    'build',
    `--package-root=${sources.folder}`,
    // Without this it would take examples of the folder that this process happens to run in.
    `--examples-root=${join(sources.folder, 'no-examples')}`,
    `--package-file=${file}`,
    ...(sources.runtimeImage === undefined ? [] : [`--embed-runtime-image-tarball=${sources.runtimeImage}`]),
  ]);
}
