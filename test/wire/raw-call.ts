import { type ChannelCredentials, Client, status } from '@grpc/grpc-js';
import { FunctionRunnerServiceService, RunFunctionRequest } from '../../functions/runtime/proto.ts';

/** Makes one call with whatever credentials and bytes, and returns its gRPC status. */
export async function rawCall(
  address: string,
  request: RunFunctionRequest | Buffer,
  channel: ChannelCredentials,
): Promise<{ readonly code: status; readonly details: string }> {
  const client = new Client(address, channel, { 'grpc.max_send_message_length': -1 });
  const { path, responseDeserialize } = FunctionRunnerServiceService.runFunction;
  const serialize = (value: RunFunctionRequest | Buffer) =>
    Buffer.isBuffer(value) ? value : Buffer.from(RunFunctionRequest.encode(value).finish());
  try {
    return await new Promise((resolve) => {
      const deadline = Date.now() + 5_000;
      client.makeUnaryRequest(path, serialize, responseDeserialize, request, { deadline }, (error) =>
        resolve(error === null ? { code: status.OK, details: '' } : error),
      );
    });
  } finally {
    client.close();
  }
}
