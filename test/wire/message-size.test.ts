import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentials, status } from '@grpc/grpc-js';
import { connectFunction } from '../../functions/runtime/client.ts';
import { localFlags, startProcess } from './function-process.ts';
import { rawCall } from './raw-call.ts';
import { clusterSet, requestWith } from './requests.ts';

/** A request that is larger only by what is observed, as with hundreds of composed resources. */
function requestOf(mebibytes: number) {
  const text = 'x'.repeat(mebibytes * 1024 * 1024);
  return requestWith('ClusterSet', { observed: { ...clusterSet, status: { text } } });
}

test('requests are taken up to the limit that the flag sets, also beyond the 4 MiB of gRPC', async (t) => {
  const flags = [...localFlags, '--insecure', '--max-recv-message-size', '6'];
  const address = `127.0.0.1:${await startProcess(t, flags).serving}`;
  const client = connectFunction(address);
  t.after(() => client.close());
  assert.deepEqual((await client.runFunction(requestOf(5))).results, []);

  const { code, details } = await rawCall(address, requestOf(7), credentials.createInsecure());
  assert.equal(code, status.RESOURCE_EXHAUSTED);
  assert.match(details, /larger than max \(\d+ vs\.? 6291456\)/);

  assert.deepEqual((await client.runFunction(requestOf(1))).results, []);
});

test('bytes that are no request are refused with words', async (t) => {
  const address = `127.0.0.1:${await startProcess(t, [...localFlags, '--insecure']).serving}`;
  const { code, details } = await rawCall(address, Buffer.from([0x0a, 0xff, 0xff]), credentials.createInsecure());
  assert.equal(code, status.INVALID_ARGUMENT);
  assert.match(details, /^the request cannot be decoded: /);
});
