import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { CertificateAuthority } from './certificates.ts';

/** Returns a kubeconfig, certificates included, for a server and the client of one of the authority's certificates. */
export async function kubeconfig(authority: CertificateAuthority, client: string, server: string): Promise<string> {
  const inline = async (file: string) => (await readFile(authority.path(file))).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': await inline('ca.crt') } }],
    users: [
      {
        name: client,
        user: {
          'client-certificate-data': await inline(`${client}.crt`),
          'client-key-data': await inline(`${client}.key`),
        },
      },
    ],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: client } }],
    'current-context': 'lab',
  });
}

/** Writes a kubeconfig to a file that only its owner reads. */
export async function writeKubeconfig(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
}
