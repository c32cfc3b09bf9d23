import { readFileSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { crossplaneCli } from '../../package/crossplane-cli.ts';
import type { Report } from '../../package/go-program.ts';
import { type Api, apiOf } from './api.ts';
import { applyFile } from './apply-file.ts';
import { CertificateAuthority } from './certificates.ts';
import { kubeconfigPath, type LabBase, startApiServer, startControllers } from './control-plane.ts';
import { type CoreSettings, crossplaneNamespace, serviceAccount, startCrossplane } from './crossplane.ts';
import { installCrossply, publishCrossply } from './install.ts';
import { startProcess } from './lab-process.ts';
import { type LabLayout, takenPorts } from './layout.ts';
import { type MemberName, memberNames, simulatedStages, startMember } from './member.ts';
import { buildProgram, type ProgramName, sourcesOf } from './programs.ts';
import { providerUser, publishProvider, startProvider } from './provider.ts';
import { startRegistry } from './registry.ts';
import { type StoreKind, startStore } from './store.ts';
import { waitUntil } from './wait-until.ts';

/** A running lab. */
export interface Lab extends LabBase {
  readonly hub: Api;
  readonly members: { readonly [name in MemberName]: Api };
}

/** A lab that this process has started. */
export interface StartedLab extends Lab {
  /** How long its programs took to start, once they were built. */
  readonly startSeconds: number;
}

/** What a lab may be started with. */
export interface LabOptions {
  readonly store?: StoreKind;
  readonly core?: CoreSettings;
}

const objectKind = ['kubernetes.m.crossplane.io/v1alpha1', 'Object'] as const;

/** What a hub and three members take once they run. */
const memoryMiB = 4096;

/** Starts a hub with Crossplane and Crossply and three member clusters in a place that was claimed, all as processes of this machine. */
export async function startLab(layout: LabLayout, report: Report, options: LabOptions = {}): Promise<StartedLab> {
  checkMachine();
  await buildPrograms(options.store ?? 'etcd', report);
  await checkPorts(layout);
  const started = performance.now();
  report('making certificates');
  const authority = await makeAuthority(join(layout.folder, 'authority'));
  writeFileSync(join(layout.folder, 'stages.yaml'), await simulatedStages());
  const store = await startStore(layout, options.store ?? 'etcd', report);
  const base = { layout, authority, store, report };
  await startRegistry(base);
  report('starting the hub and three member clusters');
  const [hub, ...members] = await Promise.all([
    startHub(base, options.core ?? {}),
    ...memberNames.map((name) => startMember(base, name)),
  ]);
  report('installing Crossply through the package manager');
  await publishProvider(base, hub);
  await publishCrossply(base);
  startProcess(layout.folder, {
    name: 'package-runtime',
    command: process.execPath,
    args: [join(import.meta.dirname, 'package-runtime.ts'), String(layout.instance)],
  });
  await installCrossply(base, hub);
  // It looks for its kinds once: started before the API server serves them, it would ignore them for ever.
  await waitUntil('the kind Object', async () => (await hub.list(...objectKind)) && true);
  await startProvider(base, hub);
  const startSeconds = (performance.now() - started) / 1000;
  return { ...base, hub, members: byName(members), startSeconds };
}

/** Returns a lab that another process has started. */
export function joinLab(layout: LabLayout, report: Report): Lab {
  const authority = new CertificateAuthority(join(layout.folder, 'authority'));
  const api = (name: string) => apiOf(kubeconfigPath(layout, name));
  const store = `http://127.0.0.1:${layout.port('store')}`;
  return { layout, authority, store, report, hub: api('hub'), members: byName(memberNames.map(api)) };
}

async function startHub(base: LabBase, settings: CoreSettings): Promise<Api> {
  const hub = await startApiServer(base, 'hub');
  // Pruning is the garbage collector's work, and roles that aggregate others are filled in by a controller of their own.
  const controllers = ['garbage-collector', 'namespace', 'serviceaccount', 'clusterrole-aggregation'];
  await startControllers(base, 'hub', controllers.map((name) => `${name}-controller`).join(','));
  const profiles = join(await sourcesOf('cluster-inventory-api'), 'config', 'crd', 'bases');
  await applyFile(hub, join(profiles, 'multicluster.x-k8s.io_clusterprofiles.yaml'));
  await startCrossplane(base, hub, settings);
  return hub;
}

/** Issues what the processes of a lab speak as; each has the user name that it has on a real hub. */
async function makeAuthority(folder: string): Promise<CertificateAuthority> {
  const authority = new CertificateAuthority(folder);
  await authority.create();
  await authority.issue('admin', { name: 'admin', groups: ['system:masters'] });
  await authority.issue('core', { name: serviceAccount('crossplane'), groups: serviceAccountGroups });
  await authority.issue('rbac-manager', { name: serviceAccount('rbac-manager'), groups: serviceAccountGroups });
  await authority.issue('provider', { name: providerUser, groups: serviceAccountGroups });
  await authority.issue('function', { name: 'function-crossply' });
  return authority;
}

const serviceAccountGroups = ['system:serviceaccounts', `system:serviceaccounts:${crossplaneNamespace}`];

async function buildPrograms(store: StoreKind, report: Report): Promise<void> {
  const hub: readonly ProgramName[] = [
    'kube-apiserver',
    'kube-controller-manager',
    'crossplane-core',
    'provider-kubernetes',
  ];
  const rest: readonly ProgramName[] = ['kube-scheduler', 'kwok', 'crane', 'kubectl'];
  for (const name of [store, ...hub, ...rest]) await buildProgram(name, report);
  await crossplaneCli(report);
}

function checkMachine(): void {
  if (process.platform !== 'linux')
    throw new Error(`the lab runs on Linux, and this is ${process.platform}: use a virtual machine`);
  const free = availableMemoryMiB();
  if (free >= memoryMiB) return;
  throw new Error(
    `the lab takes about ${memoryMiB / 1024} GiB of memory and ${free} MiB are free: stop something first`,
  );
}

/** Memory that can be had without swapping; what the page cache holds counts, unlike in os.freemem. */
function availableMemoryMiB(): number {
  const line = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'));
  return Math.floor(line?.[1] === undefined ? freemem() / 1024 ** 2 : Number(line[1]) / 1024);
}

async function checkPorts(layout: LabLayout): Promise<void> {
  const taken = await takenPorts(layout);
  if (taken.length === 0) return;
  throw new Error(`ports ${taken.join(', ')} are in use: stop what listens there, or take other ones with --instance`);
}

function byName(members: readonly Api[]): Lab['members'] {
  return Object.fromEntries(memberNames.map((name, index) => [name, members[index]])) as unknown as Lab['members'];
}
