import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findCondition } from '../../functions/kube/object.ts';
import { version } from '../../functions/version.ts';
import { buildPackages } from '../../package/packages.ts';
import { hostArchitecture } from '../../package/runtime/architecture.ts';
import type { Api } from './api.ts';
import { applyFile } from './apply-file.ts';
import type { LabBase } from './control-plane.ts';
import { crossplaneTool } from './crossplane-tool.ts';
import { pushPackage, registryHost } from './registry.ts';
import { waitUntil } from './wait-until.ts';

const root = join(import.meta.dirname, '..', '..');

/** Returns the reference of the Configuration package in a lab's registry. */
export function configurationReference({ layout }: LabBase, tag = `v${version}`): string {
  return `${registryHost(layout)}/crossply:${tag}`;
}

/** Returns the reference of the Function package in a lab's registry. */
export function functionReference({ layout }: LabBase, tag = `v${version}`): string {
  return `${registryHost(layout)}/function-crossply:${tag}`;
}

/** What to publish instead of this checkout as it is. */
export interface Release {
  readonly version: string;
  /** Path of a bundled server. */
  readonly server?: string;
}

/** Builds the packages of this checkout, or of another release, and pushes them to the lab's registry. */
export async function publishCrossply(base: LabBase, release: Release = { version }): Promise<void> {
  const { layout, report } = base;
  const folder = join(layout.folder, 'packages-built');
  const settings = { registry: registryHost(layout), architectures: [hostArchitecture], folder, report } as const;
  const built = await buildPackages({ ...settings, ...release });
  const functionPackage = built.functionPackages[hostArchitecture];
  if (functionPackage === undefined) throw new Error(`no function package for ${hostArchitecture} was built`);
  await pushPackage([functionPackage], functionReference(base, `v${release.version}`));
  await pushPackage([built.configurationPackage], configurationReference(base, `v${release.version}`));
}

/** Installs Crossply as its users do: the Configuration through the package manager, which brings the Function and the provider, then the rights and policies that no package can carry. */
export async function installCrossply(base: LabBase, hub: Api): Promise<void> {
  await crossplaneTool(base, 'xpkg', 'install', 'configuration', configurationReference(base));
  for (const file of ['rbac.yaml', 'admission.yaml']) await applyFile(hub, join(root, 'package', file));
  await waitUntil('the packages to be healthy', () => healthyPackages(hub), { seconds: 120 });
  const definitions = readdirSync(join(root, 'xrds')).length;
  await waitUntil('the kinds of Crossply to be established', async () => {
    const all = await hub.list('apiextensions.crossplane.io/v2', 'CompositeResourceDefinition');
    const established = all.filter((each) => findCondition(each, 'Established')?.status === 'True');
    return established.length >= definitions ? true : undefined;
  });
}

async function healthyPackages(hub: Api): Promise<true | undefined> {
  const kinds = { Configuration: 1, Function: 1, Provider: 1 };
  for (const [kind, expected] of Object.entries(kinds)) {
    const packages = await hub.list('pkg.crossplane.io/v1', kind);
    const healthy = packages.filter((each) => findCondition(each, 'Healthy')?.status === 'True');
    if (healthy.length < expected || healthy.length < packages.length) {
      const reasons = packages.map(
        (each) => `${kind} ${each.metadata.name}: ${findCondition(each, 'Healthy')?.message ?? 'not healthy yet'}`,
      );
      throw new Error(reasons.join('; ') || `no ${kind} yet`);
    }
  }
  return true;
}
