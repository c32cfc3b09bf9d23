import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { FunctionRunnerServiceService, type RunFunctionRequest, type RunFunctionResponse } from './proto.ts';

/** The largest response that Crossplane accepts from a function: the default of grpc-go, which core does not change. */
export const coreReceiveLimitBytes = 4 * 1024 * 1024;

/** A connection to one function. */
export interface FunctionClient {
  /** Returns the function's response; rejects with a `FunctionCallError` when there is none. */
  runFunction(request: RunFunctionRequest): Promise<RunFunctionResponse>;
  close(): void;
}

/** How to connect to a function. */
export interface ConnectOptions {
  /** PEM texts for mutual TLS; absent means plaintext, as `crossplane render` talks to a function in development. */
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
  /** The largest response accepted; a larger one fails the call, as in core. */
  readonly receiveLimitBytes?: number;
  /** How long one call may take; Crossplane gives a whole reconcile two minutes. */
  readonly timeoutSeconds?: number;
}

/** A call without a response: the function is not there, took too long, failed, or answered with more than the receive limit. */
export class FunctionCallError extends Error {
  override readonly name = 'FunctionCallError';
  /** The gRPC status code. */
  readonly code: number;

  constructor(address: string, cause: ServiceError) {
    super(explain(address, cause), { cause });
    this.code = cause.code;
  }
}

/** Returns a client of the function at an address that gRPC knows (`127.0.0.1:9443`, `dns:///name:9443`, `unix:/path`). */
export function connectFunction(address: string, options: ConnectOptions = {}): FunctionClient {
  const { tls, receiveLimitBytes = coreReceiveLimitBytes, timeoutSeconds = 120 } = options;
  const channel =
    tls === undefined
      ? credentials.createInsecure()
      : credentials.createSsl(Buffer.from(tls.ca), Buffer.from(tls.key), Buffer.from(tls.cert));
  const client = new Client(address, channel, {
    'grpc.max_receive_message_length': receiveLimitBytes,
    'grpc.max_send_message_length': -1,
  });
  const { path, requestSerialize, responseDeserialize } = FunctionRunnerServiceService.runFunction;
  return {
    runFunction(request) {
      return new Promise((resolve, reject) => {
        const deadline = Date.now() + timeoutSeconds * 1000;
        client.makeUnaryRequest(
          path,
          requestSerialize,
          responseDeserialize,
          request,
          { deadline },
          (error, response) => {
            if (error !== null) reject(new FunctionCallError(address, error));
            else if (response === undefined) reject(new Error(`function at ${address} answered without a message`));
            else resolve(response);
          },
        );
      });
    },
    close() {
      client.close();
    },
  };
}

function explain(address: string, { code, details }: ServiceError): string {
  switch (code) {
    case status.UNAVAILABLE:
      return `no function can be reached at ${address}: ${details}; is it running, and is it TLS on both sides or on none?`;
    case status.DEADLINE_EXCEEDED:
      return `the function at ${address} did not answer in time: ${details}`;
    case status.RESOURCE_EXHAUSTED:
      return `the response of the function at ${address} is too large: ${details}`;
    case status.UNIMPLEMENTED:
      return `the server at ${address} is not a Crossplane function: ${details}`;
    default:
      return `the function at ${address} failed (${status[code]}): ${details}`;
  }
}
