import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Program, runProgram } from '../../package/run-program.ts';

/** Who a certificate speaks for: a user name and groups, as Kubernetes reads them from its subject. */
export interface Identity {
  readonly name: string;
  readonly groups?: readonly string[];
}

/** One certificate authority that every server and client of a lab belongs to. */
export class CertificateAuthority {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Path of a PEM file in the authority's folder: `ca.crt`, `sa.key`, `NAME.crt`, `NAME.key`. */
  path(file: string): string {
    return join(this.folder, file);
  }

  /** Makes the authority and the key that signs tokens of service accounts. */
  async create(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const authority = ['-x509', '-days', '365', '-subj', '/CN=crossply-lab'];
    await openssl('req', ...authority, ...newKey, '-keyout', this.path('ca.key'), '-out', this.path('ca.crt'));
    await openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', this.path('sa.key'));
    await openssl('pkey', '-in', this.path('sa.key'), '-pubout', '-out', this.path('sa.pub'));
  }

  /** Issues `FILE.crt` and `FILE.key`, good for servers on 127.0.0.1 and for the client that the identity says. */
  async issue(file: string, { name, groups = [] }: Identity): Promise<void> {
    const subject = [...groups.map((group) => `/O=${group}`), `/CN=${name}`].join('');
    const request = this.path(`${file}.csr`);
    const extensions = this.path(`${file}.ext`);
    const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n';
    await writeFile(extensions, names);
    await openssl('req', ...newKey, '-subj', subject, '-keyout', this.path(`${file}.key`), '-out', request);
    const signer = ['-CA', this.path('ca.crt'), '-CAkey', this.path('ca.key'), '-days', '365', '-extfile', extensions];
    await openssl('x509', '-req', '-in', request, ...signer, '-out', this.path(`${file}.crt`));
  }

  /** Writes a folder with ca.crt, tls.crt and tls.key, the form in which Crossplane hands certificates to a process. */
  async writeTlsFolder(file: string, folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await copyFile(this.path('ca.crt'), join(folder, 'ca.crt'));
    await copyFile(this.path(`${file}.crt`), join(folder, 'tls.crt'));
    await copyFile(this.path(`${file}.key`), join(folder, 'tls.key'));
  }
}

/** Elliptic keys are made in milliseconds, RSA keys in seconds. */
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

const opensslTool: Program = {
  command: 'openssl',
  missing: "it makes the certificates of the lab; install it with this system's packages",
};

async function openssl(...args: readonly string[]): Promise<void> {
  await runProgram(opensslTool, args);
}
