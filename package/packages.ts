import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildServer } from './build.ts';
import { writeConfigurationSources } from './configuration-sources.ts';
import type { Report } from './go-program.ts';
import type { PackageSettings } from './package-settings.ts';
import type { Architecture } from './runtime/architecture.ts';
import { runtimeImage } from './runtime/runtime-image.ts';
import { buildXpkg } from './xpkg.ts';

/** What to build, and from what. */
export interface BuildSettings extends PackageSettings {
  /** Path of a bundled server to package instead of bundling the sources. */
  readonly server?: string;
  /** Hears one line for what takes long. */
  readonly report?: Report;
}

/** Paths of the packages that were built. */
export interface BuiltPackages {
  readonly functionPackages: { readonly [architecture in Architecture]?: string };
  readonly configurationPackage: string;
}

/** Builds the Function, one package an architecture, and the Configuration; the same sources and settings give the same bytes. */
export async function buildPackages(settings: BuildSettings): Promise<BuiltPackages> {
  const { registry, version, architectures, report = () => {} } = settings;
  const folder = resolve(settings.folder);
  await mkdir(folder, { recursive: true });
  const workshop = await mkdtemp(join(tmpdir(), 'crossply-package-'));
  try {
    const server = settings.server ?? (await buildServer(folder, version));
    const functionPackages: { [architecture in Architecture]?: string } = {};
    for (const architecture of architectures) {
      report(`packaging function-crossply for ${architecture} …`);
      const image = join(workshop, `${architecture}.tar`);
      await writeFile(image, await runtimeImage({ architecture, version, server }));
      const file = join(folder, `function-crossply-${version}-${architecture}.xpkg`);
      await buildXpkg({ folder: join(import.meta.dirname, 'function'), runtimeImage: image }, file, report);
      functionPackages[architecture] = file;
    }
    report('packaging the Configuration …');
    const sources = join(workshop, 'configuration');
    await writeConfigurationSources(sources, registry, version);
    const configurationPackage = join(folder, `crossply-${version}.xpkg`);
    await buildXpkg({ folder: sources }, configurationPackage, report);
    return { functionPackages, configurationPackage };
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}
