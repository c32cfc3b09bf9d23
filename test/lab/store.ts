import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../package/go-program.ts';
import { startProcess } from './lab-process.ts';
import type { LabLayout } from './layout.ts';
import { buildProgram } from './programs.ts';
import { reaches } from './reaches.ts';
import { waitUntil } from './wait-until.ts';

/** What keeps the objects of the API servers: etcd, or PostgreSQL behind kine, which speaks etcd's protocol. */
export type StoreKind = 'etcd' | 'kine';

/** Starts the store of a lab; its API servers share it, each with a prefix of its own. Returns its URL. */
export async function startStore(layout: LabLayout, kind: StoreKind, report: Report): Promise<string> {
  const url = `http://127.0.0.1:${layout.port('store')}`;
  if (kind === 'etcd') await startEtcd(layout, url, report);
  else await startKine(layout, url, report);
  await waitUntil('the store to listen', () => reaches(layout.port('store')));
  return url;
}

async function startEtcd(layout: LabLayout, url: string, report: Report): Promise<void> {
  const peers = `http://127.0.0.1:${layout.port('storePeers')}`;
  const peer = [
    '--listen-peer-urls',
    peers,
    '--initial-advertise-peer-urls',
    peers,
    '--initial-cluster',
    `lab=${peers}`,
  ];
  const client = ['--listen-client-urls', url, '--advertise-client-urls', url];
  // A lab is thrown away: waiting for the disk at every write would only make it slower.
  const args = ['--name', 'lab', '--data-dir', join(layout.folder, 'etcd'), ...client, ...peer, '--unsafe-no-fsync'];
  startProcess(layout.folder, { name: 'etcd', command: await buildProgram('etcd', report), args });
}

async function startKine(layout: LabLayout, url: string, report: Report): Promise<void> {
  const programs = postgresPrograms();
  const user = unprivilegedUser();
  const data = join(layout.folder, 'postgres');
  const port = layout.port('postgres');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  const options = { ...user, cwd: '/', stdio: 'pipe' } as const;
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'kine', '--auth', 'trust', '--no-sync'], options);
  startProcess(layout.folder, {
    name: 'postgres',
    command: join(programs, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
      '-c',
      'max_connections=300',
    ],
    ...(user === undefined ? {} : { user }),
  });
  await waitUntil('PostgreSQL to listen', () => reaches(port));
  const endpoint = `postgres://kine@127.0.0.1:${port}/kine?sslmode=disable`;
  const args = ['--endpoint', endpoint, '--listen-address', new URL(url).host, '--metrics-bind-address', '0'];
  startProcess(layout.folder, { name: 'kine', command: await buildProgram('kine', report), args });
}

/** The folder of PostgreSQL's programs: Debian keeps them out of the PATH, one folder a version. */
function postgresPrograms(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (found !== undefined) return found;
  throw new Error('--store kine needs PostgreSQL, and there is no initdb on this machine: apt-get install postgresql');
}

/** PostgreSQL refuses to run as root; root uses the user that Debian's package makes, or nobody. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, name: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) };
    } catch {}
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody');
}
