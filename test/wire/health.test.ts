import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Client, credentials, status } from '@grpc/grpc-js';
import { healthService } from '../../functions/runtime/health-service.ts';
import { localFlags, startProcess } from './function-process.ts';
import { registryOf } from './test-functions.ts';
import { serveInProcess } from './test-server.ts';

const functionRunner = 'apiextensions.fn.proto.v1.FunctionRunnerService';
const serving = 1;
const notServing = 2;
const serviceUnknown = 3;

/** A health client of its own, with the codec of the service under test; `grpc_health_probe` speaks the same bytes. */
function connect(t: TestContext, address: string) {
  const client = new Client(address, credentials.createInsecure());
  t.after(() => client.close());
  const { check, watch } = healthService;
  return {
    check: (service: string) =>
      new Promise<number>((resolve, reject) => {
        client.makeUnaryRequest(
          check.path,
          check.requestSerialize,
          check.responseDeserialize,
          { service },
          (error: Error | null, value) => (error === null ? resolve(Number(value)) : reject(error)),
        );
      }),
    watch: (service: string) =>
      client.makeServerStreamRequest(watch.path, watch.requestSerialize, watch.responseDeserialize, { service }),
  };
}

test('Check says that it serves, for the server and for the function service', async (t) => {
  const { address } = await serveInProcess(t, registryOf({}));
  const health = connect(t, address);
  assert.equal(await health.check(''), serving);
  assert.equal(await health.check(functionRunner), serving);
  await assert.rejects(health.check('example.Unheard'), { code: status.NOT_FOUND, details: /example\.Unheard/ });
});

test('Watch says so too, and stays open for a service that is not known', async (t) => {
  const server = await serveInProcess(t, registryOf({}));
  const health = connect(t, server.address);
  for (const [service, first] of [
    ['', serving],
    ['example.Unheard', serviceUnknown],
  ] as const) {
    const seen = health.watch(service)[Symbol.asyncIterator]();
    assert.equal((await seen.next()).value, first);
    const next = seen.next();
    assert.equal(await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 20, 'open'))]), 'open');
    next.catch(() => {});
  }
});

test('who watches is told when the process is stopped, and does not hold it up', async (t) => {
  const process = startProcess(t, [...localFlags, '--insecure']);
  const health = connect(t, `127.0.0.1:${await process.serving}`);
  const seen: number[] = [];
  for await (const value of health.watch(functionRunner)) {
    if (seen.push(Number(value)) === 1) process.signal('SIGTERM');
  }
  assert.deepEqual(seen, [serving, notServing]);
  assert.equal((await process.ended).code, 0);
});
