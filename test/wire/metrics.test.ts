import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectFunction } from '../../functions/runtime/client.ts';
import { localFlags, startProcess } from './function-process.ts';
import { freePort } from './ports.ts';
import { clusterSet, requestWith } from './requests.ts';

test('the metrics count calls by function and by how they ended', async (t) => {
  const metrics = `127.0.0.1:${await freePort()}`;
  const port = await startProcess(t, [...localFlags, '--insecure', '--metrics-address', metrics]).serving;
  const client = connectFunction(`127.0.0.1:${port}`);
  t.after(() => client.close());
  await client.runFunction(requestWith('ClusterSet', { observed: clusterSet }));
  await client.runFunction(requestWith('ClusterSet', { observed: clusterSet }));
  await client.runFunction(requestWith('ClusterSet', { observed: { ...clusterSet, spec: {} } }));
  await client.runFunction(requestWith('Unheard'));

  const response = await fetch(`http://${metrics}/metrics`);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n');
  for (const line of [
    'crossply_function_calls_total{function="ClusterSet",severity="ok"} 2',
    'crossply_function_calls_total{function="ClusterSet",severity="fatal"} 1',
    'crossply_function_calls_total{function="unknown",severity="fatal"} 1',
    'crossply_function_seconds_count{function="ClusterSet"} 3',
    'crossply_function_message_bytes_count{function="ClusterSet",direction="response"} 3',
  ]) {
    assert.ok(lines.includes(line), line);
  }
  assert.ok(lines.some((line) => line.startsWith('process_resident_memory_bytes ')));
  assert.equal((await fetch(`http://${metrics}/`)).status, 404);
});
