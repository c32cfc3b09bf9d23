import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectFunction, coreReceiveLimitBytes } from '../../functions/runtime/client.ts';
import { type Condition, type RunFunctionResponse, Severity, Status } from '../../functions/runtime/proto.ts';
import { answer, composite, fatalOf, requestWith } from './requests.ts';
import { answerOf, registryOf } from './test-functions.ts';
import { serveInProcess } from './test-server.ts';

const registry = registryOf({
  Huge: () => answerOf(5),
  Near: () => answerOf(3.2),
  Small: ({ desired }) => ({ resources: new Map([...desired.resources].slice(0, 0)) }),
});

const near = { ...composite, status: { conditions: [{ type: 'WithinResponseBudget', status: 'False' }] } };

function budgetOf({ conditions }: RunFunctionResponse): Condition | undefined {
  return conditions.find(({ type }) => type === 'WithinResponseBudget');
}

test('an answer that Crossplane would not accept becomes a Fatal with what takes the room', () => {
  const { response, bytes } = answer(registry, requestWith('Huge'));
  assert.match(
    fatalOf(response),
    /^Huge would answer with 5\.00 MiB, Crossplane accepts 4\.00 MiB: 2 desired resources/,
  );
  assert.match(fatalOf(response), /The largest: large \(5\.00 MiB\), small \(0\.00 MiB\)\. Nothing was changed; split/);
  assert.equal(response.results[0]?.severity, Severity.SEVERITY_FATAL);
  assert.ok(bytes < 10_000);
});

test('the same over gRPC, within the limit that Crossplane receives with', async (t) => {
  const { address } = await serveInProcess(t, registry);
  const client = connectFunction(address, { receiveLimitBytes: coreReceiveLimitBytes });
  t.after(() => client.close());
  assert.match(fatalOf(await client.runFunction(requestWith('Huge'))), /would answer with 5\.00 MiB/);
  assert.equal(Object.keys((await client.runFunction(requestWith('Near'))).desired?.resources ?? {}).length, 2);
});

test('from three quarters on the composite carries a warning, with the numbers', () => {
  const { response } = answer(registry, requestWith('Near'));
  assert.deepEqual(response.results, []);
  assert.equal(budgetOf(response)?.status, Status.STATUS_CONDITION_FALSE);
  assert.match(budgetOf(response)?.message ?? '', /3\.20 MiB of the 4\.00 MiB/);
});

test('a small answer says nothing of it, unless the composite carries the warning: then it is taken back', () => {
  assert.equal(budgetOf(answer(registry, requestWith('Small')).response), undefined);
  const later = answer(registry, requestWith('Small', { observed: near })).response;
  assert.equal(budgetOf(later)?.status, Status.STATUS_CONDITION_TRUE);
});

test('a small step does not take back what a step before it in the same pipeline warned of', () => {
  const first = answer(registry, requestWith('Near', { observed: near })).response;
  const second = answer(registry, requestWith('Small', { observed: near, context: first.context ?? {} })).response;
  assert.equal(budgetOf(second)?.status, Status.STATUS_CONDITION_FALSE);
  assert.match(budgetOf(second)?.message ?? '', /3\.20 MiB/);
});
