import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { credentials, status } from '@grpc/grpc-js';
import { connectFunction, type FunctionCallError } from '../../functions/runtime/client.ts';
import { createAuthority, type Pair, writeServerCertificates } from './certificates.ts';
import { localFlags, startProcess, temporaryFolder } from './function-process.ts';
import { rawCall } from './raw-call.ts';
import { clusterSet, requestWith } from './requests.ts';

const authority = createAuthority('Crossply test CA');
const stranger = createAuthority('somebody else');
const core: Pair = authority.issue('crossplane');
const request = requestWith('ClusterSet', { observed: clusterSet });

function certificates(t: TestContext): string {
  const folder = temporaryFolder(t);
  writeServerCertificates(folder, authority.ca, authority.issue('function-crossply'));
  return folder;
}

async function call(t: TestContext, port: number, { cert, key }: Pair, ca = authority.ca) {
  const client = connectFunction(`localhost:${port}`, { tls: { ca, cert, key }, timeoutSeconds: 5 });
  t.after(() => client.close());
  return client.runFunction(request);
}

test('with mutual TLS', async (t) => {
  const port = await startProcess(t, [...localFlags, '--tls-certs-dir', certificates(t)]).serving;
  const refused = (error: FunctionCallError) => error.code === status.UNAVAILABLE;

  await t.test('a client with a certificate of the CA is served', async () => {
    const { requirements, results } = await call(t, port, core);
    assert.deepEqual(results, []);
    assert.equal(requirements?.resources['profiles']?.kind, 'ClusterProfile');
  });

  await t.test('a client with a certificate of another CA is refused', async () => {
    await assert.rejects(call(t, port, stranger.issue('crossplane')), refused);
  });

  await t.test('a client without a certificate is refused', async () => {
    const { code } = await rawCall(`localhost:${port}`, request, credentials.createSsl(Buffer.from(authority.ca)));
    assert.equal(code, status.UNAVAILABLE);
  });

  await t.test('a client that speaks plaintext is refused', async () => {
    const { code } = await rawCall(`127.0.0.1:${port}`, request, credentials.createInsecure());
    assert.equal(code, status.UNAVAILABLE);
  });

  await t.test('the server shows the certificate that it was given', async () => {
    await assert.rejects(call(t, port, core, stranger.ca), refused);
  });
});

for (const [what, flags, environment] of [
  ['--tls-server-certs-dir', (folder: string) => ['--tls-server-certs-dir', folder], () => ({})],
  ['TLS_SERVER_CERTS_DIR', () => [], (folder: string) => ({ TLS_SERVER_CERTS_DIR: folder })],
] as const) {
  test(`${what} names the folder too`, async (t) => {
    const folder = certificates(t);
    const port = await startProcess(t, [...localFlags, ...flags(folder)], environment(folder)).serving;
    assert.deepEqual((await call(t, port, core)).results, []);
  });
}

test('--insecure serves plaintext', async (t) => {
  const port = await startProcess(t, [...localFlags, '--insecure']).serving;
  const client = connectFunction(`127.0.0.1:${port}`);
  t.after(() => client.close());
  assert.deepEqual((await client.runFunction(request)).results, []);
});

test('without the certificates it ends with one line that names the file', async (t) => {
  const { code, stderr } = await startProcess(t, [...localFlags, '--tls-certs-dir', temporaryFolder(t)]).ended;
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^function-crossply: cannot read \S+\/ca\.crt: mount the server certificates[^\n]+--insecure[^\n]*\n$/,
  );
});
