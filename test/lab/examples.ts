import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeObject } from '../../functions/kube/object.ts';
import { kubeconfigPath } from './control-plane.ts';
import { connectCluster, publishProfile } from './fleet.ts';
import { writeSecretFile } from './kubeconfig.ts';
import { kubectl } from './kubectl.ts';
import type { Lab } from './lab.ts';
import type { LabLayout } from './layout.ts';
import type { MemberName } from './member.ts';
import { readObjects } from './read-objects.ts';
import { virtualKubeconfig } from './virtual-member.ts';

/** Where a cluster of an example is at home: a member of the lab, or one of many virtual clusters on it. */
export type Home = MemberName | { readonly virtualOn: MemberName };

/** The homes of the online boutique's clusters; the stages share members, as their namespaces have different names. */
export const boutiqueHomes: { readonly [cluster: string]: Home } = {
  'eu-1': 'member-1',
  'us-1': 'member-2',
  'asia-1': 'member-3',
  'staging-1': 'member-1',
  'staging-2': 'member-2',
};

/** The homes of the shop's clusters. */
export const shopHomes: { readonly [cluster: string]: Home } = {
  'eu-1': 'member-1',
  'us-1': 'member-2',
  'asia-1': 'member-3',
  'eu-2': { virtualOn: 'member-1' },
  'us-2': { virtualOn: 'member-2' },
};

const examplesFolder = join(import.meta.dirname, '..', '..', 'examples');

/**
 * Applies an example to the hub as people do, with kubectl and as it stands, and plays the cluster manager: each
 * ClusterProfile gets the status of the file, and the kubeconfig of the member that `homes` says.
 */
export async function applyExample(
  lab: Lab,
  example: string,
  homes: { readonly [cluster: string]: Home },
): Promise<void> {
  const folder = join(examplesFolder, example);
  await kubectl(lab, 'apply', '-f', folder);
  const profiles = readObjects(folder).filter(({ kind }) => kind === 'ClusterProfile');
  // Until its cluster can be reached provider-kubernetes tries each Object again, and waits longer every time.
  await Promise.all(profiles.map((profile) => joinFleet(lab, profile, homes[profile.metadata.name ?? ''])));
}

/** Returns the path of the kubeconfig of an example's cluster. */
export function clusterKubeconfigPath({ folder }: LabLayout, cluster: string): string {
  return join(folder, 'clusters', `${cluster}.kubeconfig`);
}

async function joinFleet({ hub, layout }: Lab, profile: KubeObject, home: Home | undefined): Promise<void> {
  const { name = '', namespace: fleet = '' } = profile.metadata;
  if (home === undefined) throw new Error(`no member of the lab is said to be cluster "${name}"`);
  const kubeconfig =
    typeof home === 'string'
      ? readFileSync(kubeconfigPath(layout, home), 'utf8')
      : await virtualKubeconfig(layout, home.virtualOn, name);
  mkdirSync(join(layout.folder, 'clusters'), { recursive: true });
  await writeSecretFile(clusterKubeconfigPath(layout, name), kubeconfig);
  await connectCluster(hub, { name, kubeconfig }, fleet);
  await publishProfile(hub, profile);
}
