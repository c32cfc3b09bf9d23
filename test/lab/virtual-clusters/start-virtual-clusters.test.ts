import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, test } from 'node:test';
import { connect } from 'node:tls';
import { createAuthority } from '../../wire/certificates.ts';
import { readKubeconfig, writeKubeconfig } from './kubeconfig.ts';
import { setSuspended } from './set-suspended.ts';
import { startVirtualClusters, type VirtualClusters } from './start-virtual-clusters.ts';

const authority = createAuthority('lab-ca');
const client = authority.issue('admin');
const folder = mkdtempSync(join(tmpdir(), 'virtual-clusters-'));
const upstreamKubeconfig = join(folder, 'kubeconfig');
type Answer = (response: ServerResponse) => void;
let asked: { line: string; accept: string | undefined; body: string }[] = [];
let answer: Answer = (response) => response.end();
let clusters: VirtualClusters;

const member = createServer(async (request, response) => {
  asked.push({ line: `${request.method} ${request.url}`, accept: request.headers.accept, body: await text(request) });
  answer(response);
});

before(async () => {
  await once(member.listen(0, '127.0.0.1'), 'listening');
  const bound = member.address();
  assert.ok(typeof bound === 'object' && bound !== null);
  const server = `http://127.0.0.1:${bound.port}`;
  writeFileSync(upstreamKubeconfig, writeKubeconfig('member', { server, ca: '', cert: '', key: '' }));
  const tls = { ...authority.issue('server'), ca: authority.ca };
  clusters = await startVirtualClusters({ address: '127.0.0.1', port: 0, upstreamKubeconfig, tls });
});
after(async () => {
  await clusters.close();
  member.close();
  member.closeAllConnections();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
});

async function call(method: string, path: string, body = '', more: { type?: string; anonymous?: boolean } = {}) {
  const headers = {
    accept: 'application/vnd.kubernetes.protobuf,application/json',
    'content-type': more.type ?? 'application/json',
  };
  const identity = more.anonymous ? {} : client;
  const request = httpsRequest({
    ...identity,
    ca: authority.ca,
    host: '127.0.0.1',
    port: clusters.port,
    method,
    path,
    headers,
    agent: false,
  });
  const answered: Promise<IncomingMessage[]> = once(request, 'response');
  request.end(body);
  const [response] = await answered;
  assert.ok(response);
  return response;
}
const replyJson =
  (value: object, code = 200): Answer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };

test('an apply reaches the member under real names and comes back under virtual ones', async () => {
  const namespaced = { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop--eu1' } };
  answer = replyJson(namespaced);
  const path = '/api/v1/namespaces/shop/configmaps/a?fieldManager=x&force=true';
  const sent = JSON.stringify({ kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } });
  const response = await call('PATCH', `/clusters/eu1${path}`, sent, { type: 'application/apply-patch+yaml' });
  assert.equal(response.statusCode, 200);
  assert.deepEqual(JSON.parse(await text(response)), { ...namespaced, metadata: { name: 'a', namespace: 'shop' } });
  assert.equal(asked[0]?.line, `PATCH ${path.replace('/shop/', '/shop--eu1/')}`);
  assert.equal(asked[0]?.accept, 'application/json');
  const labels = { 'lab.crossply.dev/virtual-cluster': 'eu1' };
  assert.deepEqual(JSON.parse(asked[0]?.body ?? ''), { ...namespaced, metadata: { ...namespaced.metadata, labels } });
});

test('the member is not asked what cannot be kept apart or read', async () => {
  const long = await call('GET', `/clusters/eu1/api/v1/namespaces/${'n'.repeat(60)}/pods`);
  assert.equal(long.statusCode, 422);
  assert.match(await text(long), /"message":"namespace .* has 60 characters/);
  const binary = await call('POST', '/clusters/eu1/api/v1/namespaces', 'k8s', {
    type: 'application/vnd.kubernetes.protobuf',
  });
  assert.equal(binary.statusCode, 415);
  assert.equal((await call('GET', '/clusters/a--b/version')).statusCode, 404);
  assert.equal((await call('GET', '/version')).statusCode, 404);
  assert.deepEqual(asked, []);
});

test('discovery passes as it is', async () => {
  answer = (response) => response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('proto');
  assert.equal(await text(await call('GET', '/clusters/eu1/openapi/v2?timeout=32s')), 'proto');
  assert.equal(asked[0]?.line, 'GET /openapi/v2?timeout=32s');
  assert.equal(asked[0]?.accept, 'application/vnd.kubernetes.protobuf,application/json');
});

test('a watch delivers each event of its cluster when it happens, until the cluster is suspended', async () => {
  let stream: ServerResponse | undefined;
  answer = (response) => {
    stream = response.writeHead(200, { 'content-type': 'application/json' });
    stream.flushHeaders();
  };
  const event = (namespace: string) =>
    `${JSON.stringify({ type: 'ADDED', object: { metadata: { name: 'a', namespace } } })}\n`;
  const watch = await call('GET', '/clusters/eu1/api/v1/pods?watch=true');
  watch.setEncoding('utf8');
  const memberLost = once(stream ?? watch, 'close');
  stream?.write(event('shop--eu2') + event('shop--eu1'));
  assert.deepEqual(await once(watch, 'data'), [event('shop')]);
  const broken = once(watch, 'error');
  clusters.suspend('eu1');
  assert.match(String(await broken), /aborted/);
  await memberLost;
});

test('a suspended cluster does not answer, others do, and it returns', async () => {
  answer = replyJson({ major: '1' });
  const access = { ...readKubeconfig(clusters.kubeconfig('eu1')), ...client };
  await setSuspended(access, true);
  await assert.rejects(call('GET', '/clusters/eu1/version'), /socket hang up/);
  assert.equal((await call('GET', '/clusters/eu2/version')).statusCode, 200);
  await setSuspended(access, false);
  assert.equal((await call('GET', '/clusters/eu1/version')).statusCode, 200);
  await assert.rejects(
    setSuspended({ ...access, server: access.server.replace('eu1', 'a--b') }, true),
    /was not suspended: .*cannot be/,
  );
});

test('a request that comes for a suspended cluster while the answer before it is still open breaks the connection', async () => {
  clusters.suspend('eu1');
  answer = replyJson({ major: '1' });
  const connection = connect({ ...client, ca: authority.ca, host: '127.0.0.1', port: clusters.port });
  const lines = (cluster: string) => `GET /clusters/${cluster}/version HTTP/1.1\r\nhost: member\r\n\r\n`;
  const closed = once(connection.resume(), 'close', { signal: AbortSignal.timeout(10_000) });
  connection.write(lines('eu2') + lines('eu1'));
  await closed.finally(() => clusters.resume('eu1'));
});

test('a caller without a certificate of the authority gets nothing', async () => {
  await assert.rejects(
    call('GET', '/clusters/eu1/version', '', { anonymous: true }),
    /certificate required|socket hang up|ECONNRESET/,
  );
  assert.deepEqual(asked, []);
});

test('a member that breaks off is an error that names it', async () => {
  answer = (response) => response.destroy();
  const response = await call('GET', '/clusters/eu1/api/v1/pods');
  assert.equal(response.statusCode, 502);
  assert.match(await text(response), /did not get through to the member at http:\/\/127\.0\.0\.1:\d+: socket hang up/);
});

test('the kubeconfig of a cluster leads to its path with inline data', () => {
  assert.deepEqual(readKubeconfig(clusters.kubeconfig('eu1')), {
    server: `https://127.0.0.1:${clusters.port}/clusters/eu1`,
    ca: authority.ca,
    cert: '',
    key: '',
  });
  assert.throws(() => clusters.kubeconfig('a--b'), /cannot be a virtual cluster/);
});
