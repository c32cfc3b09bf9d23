import { join } from 'node:path';
import { findCondition } from '../../../../functions/kube/object.ts';
import { crossplaneTool } from '../../crossplane-tool.ts';
import { configurationReference, functionReference, publishCrossply } from '../../install.ts';
import type { Lab } from '../../lab.ts';
import { waitUntil } from '../../wait-until.ts';
import { buildChanged } from './changed-build.ts';
import { activeFunction, isServing } from './function-server.ts';
import type { LaterRelease } from './releases.ts';

/** Builds a later release, publishes it and upgrades the lab to it as docs/install.md says: the Function first, then the Configuration. */
export async function upgradeCrossply(lab: Lab, { version, changes }: LaterRelease): Promise<void> {
  const { hub, layout } = lab;
  const server = await buildChanged(join(layout.folder, 'later-releases'), version, changes);
  await publishCrossply(lab, { version, server });
  const key = { apiVersion: 'pkg.crossplane.io/v1', kind: 'Function', name: 'function-crossply' };
  await hub.patch(key, { spec: { package: functionReference(lab, `v${version}`) } });
  await waitUntil(`Function ${version} to serve`, () => servingRelease(lab, version), { seconds: 120 });
  await crossplaneTool(lab, 'xpkg', 'update', 'configuration', configurationReference(lab, `v${version}`));
  await waitUntil(`Configuration ${version} to be healthy`, () => healthyConfiguration(lab, version), { seconds: 120 });
}

async function servingRelease(lab: Lab, version: string): Promise<true | undefined> {
  const revision = await activeFunction(lab);
  const { image } = (revision?.spec ?? {}) as { image?: string };
  if (revision === undefined || image?.endsWith(`:v${version}`) !== true) return undefined;
  return (await isServing(revision)) ? true : undefined;
}

async function healthyConfiguration({ hub }: Lab, version: string): Promise<true | undefined> {
  const configurations = await hub.list('pkg.crossplane.io/v1', 'Configuration');
  const upgraded = configurations.find(({ spec }) => (spec as { package: string }).package.endsWith(`:v${version}`));
  if (upgraded === undefined || findCondition(upgraded, 'Healthy')?.status !== 'True') return undefined;
  const revisions = await hub.list('pkg.crossplane.io/v1', 'ConfigurationRevision');
  const current = (upgraded.status as { currentRevision?: string }).currentRevision;
  const revision = revisions.find(({ metadata }) => metadata.name === current);
  const { image, desiredState } = (revision?.spec ?? {}) as { image?: string; desiredState?: string };
  const isNew = image?.endsWith(`:v${version}`) === true && desiredState === 'Active';
  return isNew && revision !== undefined && findCondition(revision, 'RevisionHealthy')?.status === 'True'
    ? true
    : undefined;
}
