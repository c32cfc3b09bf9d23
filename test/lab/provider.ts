import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeObject } from '../../functions/kube/object.ts';
import { buildXpkg } from '../../package/xpkg.ts';
import type { Api } from './api.ts';
import { asArgs, type LabBase } from './control-plane.ts';
import { clientOf, serviceAccount } from './crossplane.ts';
import { startProcess } from './lab-process.ts';
import { buildProgram, sourcesOf } from './programs.ts';
import { pushPackage, registryHost } from './registry.ts';

/** Version of provider-kubernetes, as its module pins it. */
const providerVersion = 'v1.2.1';
/** Where the provider's own project publishes its package. */
const published = 'xpkg.crossplane.io/crossplane-contrib';

/** User that the provider speaks as: its service account has a generated ending on real hubs too. */
export const providerUser = serviceAccount('provider-kubernetes-lab');

/** Pushes the provider's package to the lab's registry, and has Crossplane look for it there instead of where it is published. */
export async function publishProvider(base: LabBase, hub: Api): Promise<void> {
  const { layout, report } = base;
  const folder = join(layout.folder, 'provider-package');
  const sources = join(await sourcesOf('provider-kubernetes'), 'package');
  await mkdir(join(folder, 'crds'), { recursive: true });
  await cp(join(sources, 'crossplane.yaml'), join(folder, 'crossplane.yaml'));
  // The kinds of Crossplane v1 need a conversion webhook, which nothing here uses.
  const crds = (await readdir(join(sources, 'crds'))).filter((file) => file.startsWith('kubernetes.m.'));
  for (const file of crds) await cp(join(sources, 'crds', file), join(folder, 'crds', file));
  const file = join(layout.folder, 'provider-kubernetes.xpkg');
  await buildXpkg({ folder }, file, report);
  const own = `${registryHost(layout)}/crossplane-contrib`;
  await pushPackage([file], `${own}/provider-kubernetes:${providerVersion}`);
  await hub.apply({
    apiVersion: 'pkg.crossplane.io/v1beta1',
    kind: 'ImageConfig',
    metadata: { name: 'crossplane-contrib' },
    spec: { matchImages: [{ type: 'Prefix', prefix: published }], rewriteImage: { prefix: own } },
  });
}

/** Starts provider-kubernetes. */
export async function startProvider(base: LabBase, hub: Api): Promise<void> {
  const { layout, authority, report } = base;
  await hub.apply(providerRights);
  const tls = join(layout.folder, 'tls', 'provider');
  await authority.writeTlsFolder('provider', tls);
  // What is not watched is looked at every minute instead of every ten: tests wait for it.
  const flags = {
    'enable-watches': true,
    poll: '1m',
    'health-probe-bind-addr': `127.0.0.1:${layout.port('providerHealth')}`,
  };
  startProcess(layout.folder, {
    name: 'provider-kubernetes',
    command: await buildProgram('provider-kubernetes', report),
    args: asArgs(flags).map((flag) => flag.replace('=true', '')),
    environment: {
      KUBECONFIG: await clientOf(base, 'provider'),
      TLS_SERVER_CERTS_DIR: tls,
      WEBHOOK_PORT: String(layout.port('providerWebhooks')),
      METRICS_BIND_ADDRESS: `127.0.0.1:${layout.port('providerMetrics')}`,
    },
  });
}

/** What the RBAC manager grants to a provider's service account; processes outside of a cluster have none. */
const providerRights: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'lab-provider-kubernetes' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: providerUser }],
};
