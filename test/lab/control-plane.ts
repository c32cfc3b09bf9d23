import { join } from 'node:path';
import type { Report } from '../../package/go-program.ts';
import { type Api, apiOf } from './api.ts';
import type { CertificateAuthority } from './certificates.ts';
import { writeClientKubeconfig } from './kubeconfig.ts';
import { startProcess } from './lab-process.ts';
import type { LabLayout, PortUse } from './layout.ts';
import { buildProgram } from './programs.ts';
import { waitUntil } from './wait-until.ts';

/** One API server of a lab: the hub or a member. */
export type ControlPlaneName = 'hub' | 'member-1' | 'member-2' | 'member-3';

/** What all API servers of a lab share. */
export interface LabBase {
  readonly layout: LabLayout;
  readonly authority: CertificateAuthority;
  readonly store: string;
  readonly report: Report;
}

/** Returns the path of the administrator's kubeconfig for a control plane of a lab. */
export function kubeconfigPath(layout: LabLayout, name: string): string {
  return join(layout.folder, `${name}.kubeconfig`);
}

/** Starts an API server and returns its API once it is ready. */
export async function startApiServer(base: LabBase, name: ControlPlaneName): Promise<Api> {
  const { layout, authority, store, report } = base;
  const port = layout.port(name satisfies PortUse);
  const flags = {
    'etcd-servers': store,
    'etcd-prefix': `/${name}`,
    'secure-port': port,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'tls-cert-file': authority.path('admin.crt'),
    'tls-private-key-file': authority.path('admin.key'),
    'client-ca-file': authority.path('ca.crt'),
    'authorization-mode': 'RBAC',
    'service-account-issuer': `https://${name}.lab`,
    'service-account-key-file': authority.path('sa.pub'),
    'service-account-signing-key-file': authority.path('sa.key'),
    'service-cluster-ip-range': '10.0.0.0/16',
    'cert-dir': join(layout.folder, 'certificates', name),
    'endpoint-reconciler-type': 'none',
    // Nodes made by hand would keep the taint of a node that has not reported yet.
    'disable-admission-plugins': 'TaintNodesByCondition',
  };
  const command = await buildProgram('kube-apiserver', report);
  startProcess(layout.folder, { name: `${name}-api`, command, args: asArgs(flags) });
  const path = kubeconfigPath(layout, name);
  await writeClientKubeconfig(path, authority, 'admin', `https://127.0.0.1:${port}`);
  const api = apiOf(path);
  await untilReady(api, name);
  return api;
}

/** Returns once an API server says that it is ready. */
export async function untilReady(api: Api, name: ControlPlaneName, seconds = 60): Promise<void> {
  const isReady = async () => ((await api.call('GET', '/readyz')) === 'ok' ? true : undefined);
  await waitUntil(`the API server ${name} to be ready`, isReady, { seconds });
}

/** Starts the controller manager of a control plane with the controllers named. */
export async function startControllers(base: LabBase, name: ControlPlaneName, controllers: string): Promise<void> {
  const { layout, authority, report } = base;
  const flags = {
    kubeconfig: kubeconfigPath(layout, name),
    controllers,
    'secure-port': 0,
    'leader-elect': false,
    'service-account-private-key-file': authority.path('sa.key'),
    'root-ca-file': authority.path('ca.crt'),
    // Each controller speaks as its own service account, as on real hubs: admission policies tell them apart.
    'use-service-account-credentials': true,
  };
  const command = await buildProgram('kube-controller-manager', report);
  startProcess(layout.folder, { name: `${name}-controllers`, command, args: asArgs(flags) });
}

/** Returns flags as a Go program takes them. */
export function asArgs(flags: { readonly [name: string]: string | number | boolean }): readonly string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}
