import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CertificateAuthority } from './certificates.ts';
import { kubeconfigPath } from './control-plane.ts';
import { startProcess } from './lab-process.ts';
import { claimFolder, type LabLayout } from './layout.ts';
import type { MemberName } from './member.ts';
import { reaches } from './reaches.ts';
import { type Access, readKubeconfig, writeKubeconfig } from './virtual-clusters/kubeconfig.ts';
import { waitUntil } from './wait-until.ts';

/**
 * Returns the kubeconfig of a virtual cluster on a member: one API server that plays many clusters, their objects kept
 * apart by their names. The process that does it is started with the first one.
 */
export async function virtualKubeconfig(layout: LabLayout, member: MemberName, cluster: string): Promise<string> {
  const name = `${member}-virtual`;
  const tls = join(layout.folder, 'tls', name);
  // Two processes for one member would be one too many, of which the lab could stop only the other.
  if (claimFolder(tls)) await startProxy(layout, member, { name, tls });
  await waitUntil(`the virtual clusters of ${member}`, () => reaches(layout.port(`virtual-${member}`)));
  return writeKubeconfig(cluster, virtualAccess(layout, member, cluster));
}

/** Returns how to reach a virtual cluster. */
export function virtualAccess(layout: LabLayout, member: MemberName, cluster: string): Access {
  const access = readKubeconfig(readFileSync(kubeconfigPath(layout, member), 'utf8'));
  return { ...access, server: `https://127.0.0.1:${layout.port(`virtual-${member}`)}/clusters/${cluster}` };
}

async function startProxy(
  layout: LabLayout,
  member: MemberName,
  { name, tls }: { readonly name: string; readonly tls: string },
): Promise<void> {
  await new CertificateAuthority(join(layout.folder, 'authority')).writeTlsFolder('admin', tls);
  const flags = ['--port', String(layout.port(`virtual-${member}`)), '--tls-dir', tls];
  const upstream = ['--upstream-kubeconfig', kubeconfigPath(layout, member)];
  const program = join(import.meta.dirname, 'virtual-clusters', 'main.ts');
  startProcess(layout.folder, { name, command: process.execPath, args: [program, ...flags, ...upstream] });
}
