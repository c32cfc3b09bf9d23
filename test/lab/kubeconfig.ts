import { readFile, writeFile } from 'node:fs/promises';
import type { CertificateAuthority } from './certificates.ts';
import { writeKubeconfig } from './virtual-clusters/kubeconfig.ts';

/** Writes a kubeconfig, certificates included, for a server and the client of one of the authority's certificates. */
export async function writeClientKubeconfig(
  path: string,
  authority: CertificateAuthority,
  client: string,
  server: string,
): Promise<void> {
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', `${client}.crt`, `${client}.key`].map((file) => readFile(authority.path(file), 'utf8')),
  );
  await writeSecretFile(path, writeKubeconfig(client, { server, ca: ca ?? '', cert: cert ?? '', key: key ?? '' }));
}

/** Writes a file that only its owner reads. */
export async function writeSecretFile(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
}
