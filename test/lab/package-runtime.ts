import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import { type Api, apiOf, keyOf } from './api.ts';
import { CertificateAuthority } from './certificates.ts';
import { kubeconfigPath } from './control-plane.ts';
import { crossplaneNamespace } from './crossplane.ts';
import { runningPid, startProcess, stopProcess } from './lab-process.ts';
import { type LabLayout, labLayout } from './layout.ts';
import { imageCommand, unpackImage } from './registry.ts';

/** Returns the name of the process that serves a FunctionRevision. */
export function functionProcess(revision: string): string {
  return `function-${revision}`;
}

/**
 * Plays the nodes of the hub: runs what the image of every active FunctionRevision holds, brings it back when it ends,
 * and tells Crossplane where it listens, as Crossplane's runtime named External expects somebody to.
 */
async function runPackages(layout: LabLayout): Promise<never> {
  const hub = apiOf(kubeconfigPath(layout, 'hub'));
  const tls = join(layout.folder, 'tls', 'function');
  await new CertificateAuthority(join(layout.folder, 'authority')).writeTlsFolder('function', tls);
  await hub.apply(serverSecret(tls));
  for (;;) {
    try {
      for (const revision of await hub.list('pkg.crossplane.io/v1', 'FunctionRevision'))
        await serve(layout, hub, revision, tls);
      for (const revision of await hub.list('pkg.crossplane.io/v1', 'ProviderRevision')) await report(hub, revision);
    } catch (error) {
      console.error(new Date().toISOString(), error instanceof Error ? error.message : error);
    }
    await delay(500);
  }
}

async function serve(layout: LabLayout, hub: Api, revision: KubeObject, tls: string): Promise<void> {
  const name = functionProcess(revision.metadata.name ?? '');
  const { desiredState, image } = revision.spec as { desiredState: string; image: string };
  if (desiredState !== 'Active') return stopProcess(layout.folder, name);
  const root = join(layout.folder, 'functions', revision.metadata.name ?? '');
  const { resolvedImage = image } = (revision.status ?? {}) as { resolvedImage?: string };
  if (!existsSync(root)) await unpackImage(resolvedImage, root);
  const port = portOf(layout, revision.metadata.name ?? '');
  if (runningPid(layout.folder, name) === undefined) {
    // What the image starts with, but with the machine's root: its own would take a container.
    const command = (await imageCommand(resolvedImage)).map((word) =>
      existsSync(join(root, word)) ? join(root, word) : word,
    );
    const addresses = ['--address', `127.0.0.1:${port}`, '--metrics-address', `127.0.0.1:${port + 1}`];
    const args = [...command.slice(1), '--tls-certs-dir', tls, ...addresses];
    startProcess(layout.folder, { name, command: command[0] ?? '', args });
  }
  await report(hub, revision, `dns:///127.0.0.1:${port}`);
}

/** Says that the program of a revision runs and, for a function, where. */
async function report(hub: Api, revision: KubeObject, endpoint?: string): Promise<void> {
  const status = (revision.status ?? {}) as { endpoint?: string; conditions?: readonly KubeObject[] };
  const healthy = findCondition(revision, 'RuntimeHealthy')?.status === 'True';
  if (healthy && status.endpoint === endpoint) return;
  const lastTransitionTime = new Date().toISOString();
  const condition = { type: 'RuntimeHealthy', status: 'True', reason: 'HealthyPackageRevision', lastTransitionTime };
  const others = (status.conditions ?? []).filter((each) => each['type'] !== 'RuntimeHealthy');
  const change = {
    conditions: [...others, condition],
    tlsServerSecretName: tlsSecret,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const version = { metadata: { resourceVersion: String(revision.metadata['resourceVersion']) } };
  await hub.patch(keyOf(revision), { ...version, status: change }, 'status');
}

/** Crossplane does not establish what a package brings before its runtime has a certificate, whether it uses one or not. */
function serverSecret(folder: string): KubeObject {
  const data = ['ca.crt', 'tls.crt', 'tls.key'].map((file) => [
    file,
    readFileSync(join(folder, file)).toString('base64'),
  ]);
  const metadata = { name: tlsSecret, namespace: crossplaneNamespace };
  return { apiVersion: 'v1', kind: 'Secret', metadata, data: Object.fromEntries(data) };
}

const tlsSecret = 'package-tls-server';

/** Two ports a revision, in the order in which the lab first saw them; kept in a file, as a restarted function keeps its place. */
function portOf(layout: LabLayout, revision: string): number {
  const folder = join(layout.folder, 'functions');
  const file = join(folder, `${revision}.place`);
  if (!existsSync(file))
    writeFileSync(file, String(readdirSync(folder).filter((name) => name.endsWith('.place')).length));
  return layout.port('functions') + 2 * Number(readFileSync(file, 'utf8'));
}

if (process.argv[1] === import.meta.filename) await runPackages(labLayout(Number(process.argv[2])));
