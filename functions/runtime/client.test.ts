import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { Server, ServerCredentials, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { type ConnectOptions, connectFunction, FunctionCallError } from './client.ts';
import { FunctionRunnerServiceService, RunFunctionRequest, RunFunctionResponse } from './proto.ts';

type Handler = (
  call: { readonly request: RunFunctionRequest },
  reply: (error: { code: number; details: string } | null, response?: RunFunctionResponse) => void,
) => void;

async function connect(t: TestContext, handler: Handler | undefined, options: ConnectOptions = {}) {
  const server = new Server();
  if (handler !== undefined) {
    server.addService(FunctionRunnerServiceService, { runFunction: handler } as UntypedServiceImplementation);
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const client = connectFunction(`127.0.0.1:${port}`, options);
  t.after(() => {
    client.close();
    server.forceShutdown();
  });
  return client;
}

const request = RunFunctionRequest.fromPartial({ meta: { tag: 'x' } });

test('a function is called and answers', async (t) => {
  const client = await connect(t, (call, reply) => {
    reply(null, RunFunctionResponse.fromPartial({ meta: { tag: call.request.meta?.tag ?? '' } }));
  });
  assert.equal((await client.runFunction(request)).meta?.tag, 'x');
});

test('an answer above the limit fails the call', async (t) => {
  const handler: Handler = (_, reply) =>
    reply(null, RunFunctionResponse.fromPartial({ context: { text: 'x'.repeat(2000) } }));
  const small = await connect(t, handler, { receiveLimitBytes: 1000 });
  await assert.rejects(small.runFunction(request), (error) => {
    assert.ok(error instanceof FunctionCallError);
    assert.equal(error.code, status.RESOURCE_EXHAUSTED);
    assert.match(error.message, /too large/);
    return true;
  });
  const large = await connect(t, handler);
  assert.equal((await large.runFunction(request)).context?.['text'].length, 2000);
});

test('a function that is not there is told with its address', async (t) => {
  const client = connectFunction('127.0.0.1:1');
  t.after(() => client.close());
  await assert.rejects(client.runFunction(request), /^FunctionCallError: no function can be reached at 127\.0\.0\.1:1/);
});

test('a server that is no function is told', async (t) => {
  const client = await connect(t, undefined);
  await assert.rejects(client.runFunction(request), /is not a Crossplane function/);
});

test('an answer that does not come in time is told', async (t) => {
  const client = await connect(t, () => {}, { timeoutSeconds: 0.05 });
  await assert.rejects(client.runFunction(request), /did not answer in time/);
});
