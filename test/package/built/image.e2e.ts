import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { credentials, status } from '@grpc/grpc-js';
import { connectFunction } from '../../../functions/runtime/client.ts';
import { buildPackages } from '../../../package/packages.ts';
import { hostArchitecture } from '../../../package/runtime/architecture.ts';
import { runtimeFlags } from '../../../package/runtime-flags.ts';
import { createAuthority, writeServerCertificates } from '../../wire/certificates.ts';
import { localFlags, temporaryFolder } from '../../wire/function-process.ts';
import { rawCall } from '../../wire/raw-call.ts';
import { clusterSet, requestWith } from '../../wire/requests.ts';
import { startInImage, unpackImage, untilWritten } from './container.ts';
import { readImageArchive } from './image-archive.ts';

test('the runtime image inside the Function package', async (t) => {
  const folder = temporaryFolder(t);
  const settings = {
    registry: 'registry.example.org',
    version: '1.2.3',
    architectures: [hostArchitecture],
    folder,
  } as const;
  const { functionPackages } = await buildPackages(settings);
  const image = await readImageArchive(functionPackages[hostArchitecture] ?? '');
  const { config, architecture, created } = image.config;
  const entries = image.layers.flat();

  await t.test('says how to run it, and nothing about when it was made', () => {
    assert.equal(architecture, hostArchitecture);
    assert.equal(created ?? '0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z');
    assert.equal(config.User, '65532:65532');
    assert.deepEqual(config.Entrypoint, ['/usr/bin/node', ...runtimeFlags, '/function-crossply.mjs']);
    assert.deepEqual(Object.keys(config.ExposedPorts).sort(), ['8080/tcp', '9443/tcp']);
    assert.equal(config.Labels['org.opencontainers.image.version'], '1.2.3');
  });

  await t.test('holds the package in the one layer that is marked as such', () => {
    const marked = Object.values(config.Labels).filter((value) => value === 'base');
    assert.equal(marked.length, 1);
    const packages = entries.filter(({ header }) => header.name === 'package.yaml');
    assert.equal(packages.length, 1);
    assert.match(String(packages[0]?.content), /kind: Function\n/);
  });

  await t.test('has no file that nonroot may write, but /tmp', () => {
    const writable = entries.filter(({ header: { type, mode = 0, uid, gid } }) => {
      return uid !== 0 || gid !== 0 || (type !== 'symlink' && (mode & 0o022) !== 0);
    });
    assert.deepEqual(
      writable.map(({ header }) => [header.name.replace(/\/$/, ''), header.mode, header.uid]),
      [['tmp', 0o1777, 0]],
    );
  });

  await t.test('has no programs besides node', () => {
    const programs = entries.filter(({ header }) => /(^|\/)s?bin\/[^/]+$/.test(header.name));
    assert.deepEqual(
      programs.map(({ header }) => header.name),
      ['usr/bin/node'],
    );
  });

  await t.test('runs as nonroot on a root that is read-only', async (t) => {
    const [node = ''] = config.Entrypoint;
    const attempt = `let code = 'written'; try { fs.writeFileSync('/tmp/file', '') } catch (error) { code = error.code }`;
    const command = [node, '-e', `${attempt} console.log(process.getuid(), process.getgid(), code)`];
    const child = startInImage(t, unpackImage(t, image), command, config.Env);
    assert.match((await untilWritten(child, 'stdout', /\n/)).input, /^65532 65532 EROFS\n/);
  });

  await t.test('serves Crossplane over mutual TLS and nobody else', async (t) => {
    const authority = createAuthority('Crossply test CA');
    const root = unpackImage(t, image);
    mkdirSync(join(root, 'tls', 'server'), { recursive: true });
    writeServerCertificates(join(root, 'tls', 'server'), authority.ca, authority.issue('function-crossply'));
    const child = startInImage(t, root, [...config.Entrypoint, ...localFlags], config.Env);
    const [, port] = await untilWritten(child, 'stderr', /"port":(\d+).*"msg":"serving"/);
    const address = `localhost:${port}`;
    const request = requestWith('ClusterSet', { observed: clusterSet });
    const { cert, key } = authority.issue('crossplane');
    const client = connectFunction(address, { tls: { ca: authority.ca, cert, key }, timeoutSeconds: 10 });
    t.after(() => client.close());
    const { requirements, results } = await client.runFunction(request);
    assert.deepEqual(results, []);
    assert.equal(requirements?.resources['profiles']?.kind, 'ClusterProfile');
    const { code } = await rawCall(address, request, credentials.createSsl(Buffer.from(authority.ca)));
    assert.equal(code, status.UNAVAILABLE);
  });
});
