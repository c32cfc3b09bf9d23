import { relative } from 'node:path';
import { type PackageSettings, readPackageSettings, usage } from './package-settings.ts';
import { buildPackages } from './packages.ts';

/** Builds the packages and says where they are and how to push them. */
async function main(settings: PackageSettings): Promise<void> {
  const { functionPackages, configurationPackage } = await buildPackages({
    ...settings,
    report: (line) => void process.stderr.write(`${line}\n`),
  });
  const { registry, version } = settings;
  const shown = (path: string) => (relative('', path).startsWith('..') ? path : relative('', path));
  const functions = Object.values(functionPackages).map(shown);
  process.stdout.write(`Built
${[...functions, shown(configurationPackage)].map((path) => `  ${path}`).join('\n')}
Push them with
  crossplane xpkg push -f ${functions.join(',')} ${registry}/function-crossply:v${version}
  crossplane xpkg push -f ${shown(configurationPackage)} ${registry}/crossply:v${version}
`);
}

const settings = readPackageSettings(process.argv.slice(2));
if (settings === 'help') {
  process.stdout.write(usage);
} else if ('error' in settings) {
  process.stderr.write(`npm run package: ${settings.error}\nSee npm run package -- --help.\n`);
  process.exitCode = 2;
} else {
  main(settings).catch((error: unknown) => {
    process.stderr.write(`npm run package: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
