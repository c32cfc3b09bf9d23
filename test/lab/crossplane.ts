import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Api } from './api.ts';
import { applyFile } from './apply-file.ts';
import { chartRoles } from './chart-roles.ts';
import { asArgs, type LabBase } from './control-plane.ts';
import { writeClientKubeconfig } from './kubeconfig.ts';
import { startProcess } from './lab-process.ts';
import { buildProgram, sourcesOf } from './programs.ts';
import { waitUntil } from './wait-until.ts';

/** Namespace that Crossplane is installed in. */
export const crossplaneNamespace = 'crossplane-system';

/** Returns the user name of a service account of Crossplane's namespace. */
export function serviceAccount(name: string): string {
  return `system:serviceaccount:${crossplaneNamespace}:${name}`;
}

/** Settings of core that a lab may change. */
export interface CoreSettings {
  /** More flags of `core start`, for example those of the circuit breaker. */
  readonly flags?: { readonly [name: string]: string | number };
}

/** What docs/install.md advises for hubs with many clusters: core then drops no events, and what takes minutes takes seconds. */
export const advisedCore: CoreSettings = {
  flags: { 'circuit-breaker-burst': 5000, 'circuit-breaker-refill-rate': 100 },
};

/** Installs Crossplane on the hub and starts core and its RBAC manager, with the rights that its Helm chart gives them. */
export async function startCrossplane(base: LabBase, hub: Api, settings: CoreSettings = {}): Promise<void> {
  await hub.apply(namespace(crossplaneNamespace));
  for (const role of await chartRoles(crossplaneNamespace)) await hub.apply(role);
  await initialise(base, hub);
  await startCore(base, settings);
  await startRbacManager(base);
}

/** Applies the CRDs, secrets and webhooks that `core init` does; the CRDs first, so that it need not wait for its own. */
async function initialise({ layout, authority, report }: LabBase, hub: Api): Promise<void> {
  const sources = await sourcesOf('crossplane-core');
  const crds = join(sources, 'cluster', 'crds');
  const init = ['core', 'init', '--cr-ds-path', crds];
  init.push('--webhook-configurations-path', join(sources, 'cluster', 'webhookconfigurations'));
  const environment = {
    ...process.env,
    KUBECONFIG: join(layout.folder, 'hub.kubeconfig'),
    POD_NAMESPACE: crossplaneNamespace,
    TLS_CA_SECRET_NAME: 'crossplane-root-ca',
    TLS_SERVER_SECRET_NAME: 'crossplane-tls-server',
    TLS_CLIENT_SECRET_NAME: 'crossplane-tls-client',
    ENABLE_WEBHOOKS: 'true',
    WEBHOOK_SERVICE_NAME: 'crossplane-webhooks',
    WEBHOOK_SERVICE_NAMESPACE: crossplaneNamespace,
    WEBHOOK_SERVICE_PORT: '9443',
  };
  const core = await buildProgram('crossplane-core', report);
  await applyFile(hub, crds);
  // The first call may come before the API server serves the CRDs.
  await waitUntil('core init', async () => {
    await promisify(execFile)(core, init, { env: environment });
    return true;
  });
  const key = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' };
  const url = `https://127.0.0.1:${layout.port('coreWebhooks')}/validate-no-usages`;
  const caBundle = readFileSync(authority.path('ca.crt')).toString('base64');
  // There is no service network here: the API server calls core by address.
  const patch = [{ op: 'replace', path: '/webhooks/0/clientConfig', value: { url, caBundle } }];
  await hub.patch({ ...key, name: 'crossplane-no-usages' }, patch);
}

/** Starts core; it is called again to bring it back after a test has killed it. */
export async function startCore(base: LabBase, { flags = {} }: CoreSettings = {}): Promise<void> {
  const { layout, authority, report } = base;
  const tls = join(layout.folder, 'tls', 'core');
  await authority.writeTlsFolder('core', tls);
  const packages = join(layout.folder, 'packages');
  mkdirSync(packages, { recursive: true });
  const all = {
    namespace: crossplaneNamespace,
    // Nothing here runs containers: the lab starts what a package holds and tells Crossplane where it is.
    'package-runtime': 'External',
    'xpkg-cache-dir': packages,
    'tls-client-certs-dir': tls,
    'tls-server-certs-dir': tls,
    'webhook-port': layout.port('coreWebhooks'),
    'metrics-port': layout.port('coreMetrics'),
    'health-probe-port': layout.port('coreHealth'),
    ...flags,
  };
  startProcess(layout.folder, {
    name: 'core',
    command: await buildProgram('crossplane-core', report),
    args: ['core', 'start', ...asArgs(all)],
    environment: { KUBECONFIG: await clientOf(base, 'core') },
  });
}

async function startRbacManager(base: LabBase): Promise<void> {
  const { layout, report } = base;
  startProcess(layout.folder, {
    name: 'rbac-manager',
    command: await buildProgram('crossplane-core', report),
    args: ['rbac', 'start', '--provider-clusterrole=crossplane:allowed-provider-permissions'],
    environment: {
      KUBECONFIG: await clientOf(base, 'rbac-manager'),
      METRICS_BIND_ADDRESS: `127.0.0.1:${layout.port('rbacMetrics')}`,
    },
  });
}

/** Writes the kubeconfig of a process of the hub that is not the administrator, and returns its path. */
export async function clientOf({ layout, authority }: LabBase, client: string): Promise<string> {
  const path = join(layout.folder, `${client}.kubeconfig`);
  await writeClientKubeconfig(path, authority, client, `https://127.0.0.1:${layout.port('hub')}`);
  return path;
}

/** Returns a Namespace. */
export function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
