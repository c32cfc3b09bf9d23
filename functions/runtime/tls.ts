import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';

/**
 * Returns credentials that refuse a client without a certificate of the CA (mutual TLS), from the three files that
 * Crossplane mounts. Throws with one line naming the file that cannot be read.
 */
export function mutualTls(directory: string): ServerCredentials {
  const read = (name: string): Buffer => {
    try {
      return readFileSync(join(directory, name));
    } catch {
      throw new Error(
        `cannot read ${join(directory, name)}: mount the server certificates, name their folder with --tls-certs-dir, or use --insecure for local development`,
      );
    }
  };
  return ServerCredentials.createSsl(
    read('ca.crt'),
    [{ private_key: read('tls.key'), cert_chain: read('tls.crt') }],
    true,
  );
}
