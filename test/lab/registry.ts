import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crossplaneCli } from '../../package/crossplane-cli.ts';
import { hostArchitecture } from '../../package/runtime/architecture.ts';
import type { LabBase } from './control-plane.ts';
import { startProcess } from './lab-process.ts';
import type { LabLayout } from './layout.ts';
import { buildProgram } from './programs.ts';

const run = promisify(execFile);

/** Returns the host of a lab's registry. */
export function registryHost(layout: LabLayout): string {
  return `127.0.0.1:${layout.port('registry')}`;
}

/** Starts a container registry for packages. */
export async function startRegistry({ layout, report }: LabBase): Promise<void> {
  const disk = join(layout.folder, 'registry');
  await mkdir(disk, { recursive: true });
  const args = ['registry', 'serve', '--address', registryHost(layout), '--disk', disk];
  startProcess(layout.folder, { name: 'registry', command: await buildProgram('crane', report), args });
}

/** Pushes one package, or the same for several architectures, as people do it: with `crossplane xpkg push`. */
export async function pushPackage(files: readonly string[], reference: string): Promise<void> {
  await run(await crossplaneCli(), ['xpkg', 'push', '--package-files', files.join(','), reference]);
}

/** Unpacks all files of an image into a folder. */
export async function unpackImage(reference: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const archive = `${folder}.tar`;
  await run(await buildProgram('crane'), ['export', '--platform', `linux/${hostArchitecture}`, reference, archive]);
  await run('tar', ['-x', '--no-same-owner', '-f', archive, '-C', folder]);
}

/** Returns the command that an image starts with, as its configuration says. */
export async function imageCommand(reference: string): Promise<readonly string[]> {
  const { stdout } = await run(await buildProgram('crane'), [
    'config',
    '--platform',
    `linux/${hostArchitecture}`,
    reference,
  ]);
  const { config } = JSON.parse(stdout) as { config: { Entrypoint?: readonly string[]; Cmd?: readonly string[] } };
  return [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
}
