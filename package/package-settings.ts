import { parseArgs } from 'node:util';
import { version as ownVersion } from '../functions/version.ts';
import { type Architecture, architectures } from './runtime/architecture.ts';

/** What to package, from the command line. */
export interface PackageSettings {
  /** Where the packages will be pushed to, as `HOST[:PORT][/PATH]`. */
  readonly registry: string;
  /** Version of the packages, without a leading v. */
  readonly version: string;
  /** Folder that the packages are written to. */
  readonly folder: string;
  readonly architectures: readonly Architecture[];
}

/** The registry that releases are pushed to. */
export const releaseRegistry = 'xpkg.crossply.dev';

export const usage = `Usage: npm run package -- [flags]

Builds the Crossplane packages of Crossply: the Function with its runtime image, one file an architecture, and the
Configuration with the kinds and their Compositions. The same sources give the same bytes.

Flags:
      --registry HOST[/PATH]  where you will push them; the Configuration depends on the Function there
                              (default ${releaseRegistry})
      --version X.Y.Z         version of the packages (default ${ownVersion})
      --output DIR            folder to write to (default dist)
      --arch LIST             architectures of the Function, with commas (default ${architectures.join(',')})
  -h, --help                  show this help

Environment:
  CROSSPLY_CACHE              folder for what is fetched or built once (default .cache)
  DEBIAN_MIRROR               mirror to fetch the libraries of the image from (default http://deb.debian.org)
`;

const options = {
  registry: { type: 'string', default: releaseRegistry },
  version: { type: 'string', default: ownVersion },
  output: { type: 'string', default: 'dist' },
  arch: { type: 'string', default: architectures.join(',') },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Returns the settings, `help`, or what is wrong with the command line. */
export function readPackageSettings(args: readonly string[]): PackageSettings | 'help' | { readonly error: string } {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { error: parsed };
  const { help, registry, version, output, arch } = parsed;
  if (help) return 'help';
  const problem = registryProblem(registry) ?? versionProblem(version);
  if (problem !== undefined) return { error: problem };
  if (output === '') return { error: '--output: must be a folder, for example dist (got "")' };
  const chosen = architectures.filter((architecture) => arch.split(',').includes(architecture));
  const unknown = arch.split(',').find((name) => !architectures.some((architecture) => architecture === name));
  if (unknown !== undefined) {
    return { error: `--arch: must be one or more of ${architectures.join(', ')}, with commas (got "${unknown}")` };
  }
  return { registry, version, folder: output, architectures: chosen };
}

/** Says in one sentence what parseArgs says in several. */
function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message.split('. ', 1)[0] ?? error.message;
  }
}

/** Crossplane reads a first part without a dot or port as a path of Docker Hub, which is never what is meant. */
function registryProblem(registry: string): string | undefined {
  const [host = '', ...path] = registry.split('/');
  const isHost = /^([a-z0-9-]+(\.[a-z0-9-]+)+|localhost)(:\d{1,5})?$|^[a-z0-9-]+:\d{1,5}$/.test(host);
  if (isHost && path.every((part) => /^[a-z0-9]+([._-]+[a-z0-9]+)*$/.test(part))) return undefined;
  return `--registry: must be HOST[:PORT][/PATH] without a scheme or tag, for example registry.example.org/crossply (got "${registry}")`;
}

function versionProblem(version: string): string | undefined {
  if (/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/.test(version)) return undefined;
  return `--version: must be a semantic version without a leading v, for example 1.2.3 (got "${version}")`;
}
