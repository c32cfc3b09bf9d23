import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '../../cli/input/documents.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { kubeconfigPath } from './control-plane.ts';
import { namespace } from './crossplane.ts';
import { connectCluster, publishProfile } from './fleet.ts';
import type { Lab } from './lab.ts';
import type { MemberName } from './member.ts';

/** Which member plays which cluster of the online boutique: its five clusters share three members. */
export const boutiqueHomes = {
  'eu-1': 'member-1',
  'us-1': 'member-2',
  'asia-1': 'member-3',
  'staging-1': 'member-1',
  'staging-2': 'member-2',
} as const;

/** Returns the objects of an example of this project. */
export function exampleObjects(example: string): readonly KubeObject[] {
  const { documents, problems } = readDocuments(join(import.meta.dirname, '..', '..', 'examples', example));
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
  return documents.map(({ object }) => object);
}

/**
 * Applies an example to the hub: its clusters are those members that `homes` says for each ClusterProfile, its namespaces
 * are made, and everything else is applied as it stands.
 */
export async function applyExample(
  lab: Lab,
  example: string,
  homes: { readonly [profile: string]: MemberName },
): Promise<void> {
  const objects = exampleObjects(example);
  const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const name of namespaces) await lab.hub.apply(namespace(name));
  for (const object of objects) {
    if (object.kind !== 'ClusterProfile') await lab.hub.apply(object);
    else await joinFleet(lab, object, homes[object.metadata.name ?? '']);
  }
}

async function joinFleet({ hub, layout }: Lab, profile: KubeObject, member: MemberName | undefined): Promise<void> {
  const { name = '', namespace: fleet = '' } = profile.metadata;
  if (member === undefined) throw new Error(`no member of the lab is said to be cluster "${name}"`);
  const kubeconfig = readFileSync(kubeconfigPath(layout, member), 'utf8');
  await connectCluster(hub, { name, kubeconfig }, fleet);
  await publishProfile(hub, profile);
}
