import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect } from 'node:http2';
import type { TestContext } from 'node:test';
import {
  FunctionRunnerServiceService,
  RunFunctionRequest,
  RunFunctionResponse,
} from '../../functions/runtime/proto.ts';

/** A call whose request is on its way: the server has its first half and waits for the rest. */
export interface HalfSentCall {
  /** Sends the rest and returns the response. */
  finish(): Promise<RunFunctionResponse>;
  /** Resolves when the call is over, whether answered or cut off. */
  readonly over: Promise<unknown>;
}

/** Begins a call over HTTP/2 by hand: with a gRPC client there is no way to stop halfway. */
export async function beginCall(t: TestContext, port: number, request: RunFunctionRequest): Promise<HalfSentCall> {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => {});
  t.after(() => session.destroy());
  await once(session, 'connect');
  const stream = session.request({
    ':method': 'POST',
    ':path': FunctionRunnerServiceService.runFunction.path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => {});
  const received: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => received.push(chunk));
  const over = new Promise((resolve) => stream.on('close', resolve));
  const message = RunFunctionRequest.encode(request).finish();
  const length = Buffer.alloc(5);
  length.writeUInt32BE(message.length, 1);
  const framed = Buffer.concat([length, message]);
  const half = framed.length >> 1;
  stream.write(framed.subarray(0, half));
  // The answer to a ping behind the data says that the server has read it.
  await new Promise((resolve) => session.ping(resolve));
  return {
    over,
    async finish() {
      stream.end(framed.subarray(half));
      await over;
      return RunFunctionResponse.decode(Buffer.concat(received).subarray(5));
    },
  };
}
