import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';

/**
 * Returns credentials that refuse a client without a certificate of the CA (mutual TLS), from the three files that
 * Crossplane mounts. Throws with one line naming the file that cannot be read or is not what it should be.
 */
export function mutualTls(directory: string): ServerCredentials {
  const ca = join(directory, 'ca.crt');
  const cert = join(directory, 'tls.crt');
  const key = join(directory, 'tls.key');
  const texts = { ca: read(ca), cert: read(cert), key: read(key) };
  parse(ca, 'a certificate', () => new X509Certificate(texts.ca));
  const certificate = parse(cert, 'a certificate', () => new X509Certificate(texts.cert));
  const privateKey = parse(key, 'a private key', () => createPrivateKey(texts.key));
  if (!certificate.checkPrivateKey(privateKey)) throw new Error(`${key} is not the key of ${cert}`);
  return ServerCredentials.createSsl(texts.ca, [{ private_key: texts.key, cert_chain: texts.cert }], true);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new Error(
      `cannot read ${file}: mount the server certificates, name their folder with --tls-certs-dir, or use --insecure for local development`,
    );
  }
}

/** Node takes a CA that is none without a word and then refuses every client. */
function parse<T>(file: string, what: string, parsed: () => T): T {
  try {
    return parsed();
  } catch (error) {
    throw new Error(`${file} is not ${what} in PEM: ${error instanceof Error ? error.message : String(error)}`);
  }
}
