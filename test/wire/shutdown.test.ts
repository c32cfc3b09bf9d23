import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localFlags, startProcess } from './function-process.ts';
import { beginCall } from './half-sent-call.ts';
import { answer, clusterSet, requestWith } from './requests.ts';
import { registryOf } from './test-functions.ts';
import { serveInProcess } from './test-server.ts';

const request = requestWith('ClusterSet', { observed: clusterSet });
const flags = [...localFlags, '--insecure'];

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} lets a call in flight finish, then ends well`, async (t) => {
    const process = startProcess(t, flags);
    const call = await beginCall(t, await process.serving, request);
    process.signal(signal);
    await process.logged('stopping; a second signal stops at once');
    const response = await call.finish();
    assert.equal(response.requirements?.resources['profiles']?.kind, 'ClusterProfile');
    assert.equal((await process.ended).code, 0);
  });
}

test('a second signal ends it at once, with code 1', async (t) => {
  const process = startProcess(t, flags);
  await beginCall(t, await process.serving, request);
  process.signal('SIGTERM');
  await process.logged('stopping; a second signal stops at once');
  const asked = performance.now();
  process.signal('SIGTERM');
  assert.equal((await process.ended).code, 1);
  assert.ok(performance.now() - asked < 2_000);
});

test('a call that does not finish is cut off when the grace period is over', async (t) => {
  const server = await serveInProcess(t, registryOf({ Thing: () => ({}) }));
  const call = await beginCall(t, server.port, requestWith('Thing'));
  const asked = performance.now();
  await server.stop(100);
  await call.over;
  const took = performance.now() - asked;
  assert.ok(took >= 90 && took < 2_000, `took ${took} ms`);
});

test('a stopping server takes no new call', async (t) => {
  const registry = registryOf({ Thing: () => ({}) });
  const server = await serveInProcess(t, registry);
  const call = await beginCall(t, server.port, requestWith('Thing'));
  const stopped = server.stop(2_000);
  await assert.rejects(beginCall(t, server.port, requestWith('Thing')), /ECONNREFUSED|ECONNRESET|closed/);
  assert.deepEqual(await call.finish(), answer(registry, requestWith('Thing')).response);
  await stopped;
});
