import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { type Program, runProgram } from '../run-program.ts';
import { sha256 } from './sha256.ts';
import { readTar, type TarFile } from './tar-file.ts';

/** A package of Debian at one exact version. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** Where every mirror of Debian has it, from `debian/` on. */
  readonly path: string;
  readonly sha256: string;
}

const withoutDebian =
  'the libraries of the runtime image come from packages of Debian; build on Debian or Ubuntu, or build the image with package/Dockerfile';

/** The part of apt that fetches one file, by the machine's own settings of apt, and checks what it got. */
const aptHelper: Program = { command: '/usr/lib/apt/apt-helper', missing: withoutDebian };

const dpkgDeb: Program = { command: 'dpkg-deb', missing: withoutDebian };

/** Returns the files of a package, fetched once; `snapshot` is the moment at which Debian's archive of the past has it. */
export async function debianPackageFiles(wanted: DebianPackage, snapshot: string): Promise<readonly TarFile[]> {
  const path = join(cacheFolder('debian'), `${wanted.sha256.slice(0, 12)}-${basename(wanted.path)}`);
  const kept = await readFile(path).catch(() => undefined);
  if (kept === undefined || sha256(kept) !== wanted.sha256) await fetchPackage(wanted, snapshot, path);
  return readTar(await runProgram(dpkgDeb, ['--fsys-tarfile', path]));
}

/** Mirrors drop a version when the next one comes; the archive of the past keeps all. */
async function fetchPackage(wanted: DebianPackage, snapshot: string, path: string): Promise<void> {
  const mirror = process.env['DEBIAN_MIRROR'] ?? 'http://deb.debian.org';
  const [archive = '', ...rest] = wanted.path.split('/');
  const past = `http://snapshot.debian.org/archive/${archive}/${snapshot}/${rest.join('/')}`;
  const complaints: string[] = [];
  for (const address of [`${mirror}/${wanted.path}`, past]) {
    const problem = await fetchFile(address, wanted.sha256, path);
    if (problem === undefined) return;
    complaints.push(problem);
  }
  throw new Error(
    `cannot fetch ${wanted.name} ${wanted.version} of Debian:\n${complaints.join('\n')}\n` +
      'Set DEBIAN_MIRROR to a mirror that this machine reaches, or pin what Debian has now: node package/runtime/update-debian-lock.ts',
  );
}

/** apt gives up root to fetch, so it writes into a folder that anyone may enter. */
async function fetchFile(address: string, digest: string, path: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'crossply-apt-'));
  try {
    await chmod(folder, 0o777);
    const file = join(folder, 'package.deb');
    await runProgram(aptHelper, ['download-file', address, file, `SHA256:${digest}`]);
    const unfinished = `${path}.${randomUUID()}`;
    await writeFile(unfinished, await readFile(file));
    await rename(unfinished, path);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith('there is no ')) throw error;
    return error.message;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
