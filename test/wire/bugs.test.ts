import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectFunction } from '../../functions/runtime/client.ts';
import { Severity } from '../../functions/runtime/proto.ts';
import { answer, fatalOf, requestWith } from './requests.ts';
import { registryOf } from './test-functions.ts';
import { serveInProcess } from './test-server.ts';

const registry = registryOf({
  Broken: () => {
    throw new RangeError('the wheel came off');
  },
  NotJson: () => ({ status: { count: Number.NaN } }),
});

test('a bug is a Fatal with the name of the function; only the log gets the stack', async (t) => {
  const { address, logged } = await serveInProcess(t, registry);
  const client = connectFunction(address);
  t.after(() => client.close());
  const response = await client.runFunction(requestWith('Broken'));
  assert.equal(response.results[0]?.severity, Severity.SEVERITY_FATAL);
  assert.match(fatalOf(response), /^function Broken failed, which is a bug in Crossply: the wheel came off\./);
  assert.doesNotMatch(fatalOf(response), /\.ts|\n|\bat /);
  const entry: unknown = JSON.parse(logged.join(''));
  assert.partialDeepStrictEqual(entry, { function: 'Broken', outcome: 'bug', err: { type: 'RangeError' } });
  assert.match(logged.join(''), /bugs\.test\.ts:\d+/);
});

test('after a bug the server answers the next call', async (t) => {
  const { address } = await serveInProcess(t, registry);
  const client = connectFunction(address);
  t.after(() => client.close());
  for (const _ of [1, 2]) assert.match(fatalOf(await client.runFunction(requestWith('Broken'))), /wheel/);
});

test('an answer that JSON cannot hold is a bug, told with its path', () => {
  const { response } = answer(registry, requestWith('NotJson'));
  assert.match(fatalOf(response), /^function NotJson failed, .*status\.count: NaN is not a JSON number/);
});
