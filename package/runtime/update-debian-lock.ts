import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, runProgram } from '../run-program.ts';
import { architectures } from './architecture.ts';
import lock from './debian.lock.json' with { type: 'json' };
import type { DebianPackage } from './debian-package.ts';

const aptGet: Program = {
  command: 'apt-get',
  missing: 'new pins come from the signed lists of Debian; run this on Debian or Ubuntu',
};

/** Debian signs its lists; the package debian-archive-keyring brings the keys to other systems. */
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Returns what Debian offers now of the locked packages, asked with an apt of its own that leaves the machine's alone. */
async function offeredNow(folder: string): Promise<{ [architecture: string]: readonly DebianPackage[] }> {
  const mirror = process.env['DEBIAN_MIRROR'] ?? 'http://deb.debian.org';
  await Promise.all(
    ['lists/partial', 'archives/partial', 'etc'].map((name) => mkdir(join(folder, name), { recursive: true })),
  );
  await writeFile(join(folder, 'status'), '');
  const suites = [`debian ${lock.suite}`, `debian ${lock.suite}-updates`, `debian-security ${lock.suite}-security`];
  const sources = suites.map((suite) => `deb [signed-by=${keyring}] ${mirror}/${suite} main\n`);
  await writeFile(join(folder, 'etc', 'sources.list'), sources.join(''));
  const settings = {
    'Dir::State': folder,
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': folder,
    'Dir::Etc': join(folder, 'etc'),
    'Dir::Etc::sourceparts': '-',
    'Acquire::Languages': 'none',
    'APT::Architectures': architectures.join(','),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await runProgram(aptGet, [...options, 'update']);
  const offered: { [architecture: string]: readonly DebianPackage[] } = {};
  for (const architecture of architectures) {
    const names = lock.packages[architecture].map(({ name }) => `${name}:${architecture}`);
    const uris = String(await runProgram(aptGet, [...options, 'download', '--print-uris', ...names]));
    const found = uris
      .split('\n')
      .flatMap((line) => readUri(line, mirror))
      .sort(byName);
    if (found.length !== names.length) throw new Error(`asked apt for ${names.join(', ')} and got:\n${uris}`);
    offered[architecture] = found;
  }
  return offered;
}

/** A line is `'URI' NAME_VERSION_ARCHITECTURE.deb SIZE SHA256:DIGEST`. */
function readUri(line: string, mirror: string): readonly DebianPackage[] {
  const match = /^'([^']+)' ([^_]+)_([^_]+)_\S+ \d+ SHA256:([0-9a-f]{64})$/.exec(line.trim());
  if (match === null) return [];
  const [, uri = '', name = '', version = '', digest = ''] = match;
  return [{ name, version: decodeURIComponent(version), path: uri.slice(mirror.length + 1), sha256: digest }];
}

function byName(left: DebianPackage, right: DebianPackage): number {
  return left.name < right.name ? -1 : 1;
}

const folder = await mkdtemp(join(tmpdir(), 'crossply-debian-'));
try {
  const snapshot = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const updated = { ...lock, snapshot, packages: await offeredNow(folder) };
  await writeFile(join(import.meta.dirname, 'debian.lock.json'), `${JSON.stringify(updated, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
