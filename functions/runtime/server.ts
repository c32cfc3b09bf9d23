import {
  Server,
  type ServerCredentials,
  type ServiceDefinition,
  type ServiceError,
  setLogger,
  status,
} from '@grpc/grpc-js';
import type { Logger } from 'pino';
import type { CompositionFunction, Instant } from './composition-function.ts';
import { createHealth, healthService } from './health-service.ts';
import type { RecordCall } from './metrics.ts';
import { FunctionRunnerServiceService } from './proto.ts';
import { runFunction } from './run-function.ts';

/** What the function server needs from outside. */
export interface ServerParts {
  readonly registry: ReadonlyMap<string, CompositionFunction>;
  readonly credentials: ServerCredentials;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly record: RecordCall;
  readonly maxReceiveMessageBytes: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Lets calls in flight finish for at most `graceMs`, then ends them. */
  stop(graceMs: number): Promise<void>;
}

const servicePath = FunctionRunnerServiceService.runFunction.path;

/** The service with raw messages: sizes are measured, and a request that does not decode gets an answer with words. */
const rawService: ServiceDefinition = {
  runFunction: {
    path: servicePath,
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};

/** Starts the gRPC server on `host:port`; rejects with one clear line when it cannot listen there. */
export async function startServer(address: string, parts: ServerParts): Promise<RunningServer> {
  const minute = 60_000;
  setLogger({ error: (line: string) => parts.log.debug({ line }, 'grpc') });
  const server = new Server({
    'grpc.max_receive_message_length': parts.maxReceiveMessageBytes,
    'grpc.max_send_message_length': -1,
    'grpc.keepalive_time_ms': minute,
    'grpc.max_connection_age_ms': 10 * minute,
    'grpc.max_connection_age_grace_ms': 2 * minute,
  });
  const health = createHealth(['apiextensions.fn.proto.v1.FunctionRunnerService']);
  server.addService(healthService, health.handlers);
  server.addService(rawService, {
    runFunction: (
      call: { request: Buffer },
      callback: (error: Partial<ServiceError> | null, bytes?: Buffer) => void,
    ) => {
      try {
        callback(null, Buffer.from(serve(parts, call.request)));
      } catch (error) {
        const details = error instanceof Error ? error.message : String(error);
        callback({ code: status.INVALID_ARGUMENT, details: `the request cannot be decoded: ${details}` });
      }
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, parts.credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(new Error(`cannot listen on ${address}: ${firstCause(error)}`));
    });
  });
  const stop = (graceMs: number) =>
    new Promise<void>((resolve) => {
      health.stopServing();
      const force = setTimeout(() => {
        server.forceShutdown();
        resolve();
      }, graceMs);
      server.tryShutdown(() => {
        clearTimeout(force);
        resolve();
      });
    });
  return { port, stop };
}

/** grpc-js wraps what the system said: `No address added out of total 1 resolved errors: [listen EADDRINUSE: …]`. */
function firstCause({ message }: Error): string {
  return /errors: \[([^,\]]+)/.exec(message)?.[1] ?? message;
}

function serve({ registry, clock, log, record }: ServerParts, request: Buffer): Uint8Array {
  const startedAt = performance.now();
  const { name, outcome, bytes, bug } = runFunction(registry, request, clock());
  const seconds = (performance.now() - startedAt) / 1000;
  record({ name, outcome, seconds, requestBytes: request.length, responseBytes: bytes.length });
  const facts = { function: name, outcome, seconds, requestBytes: request.length, responseBytes: bytes.length };
  if (bug === undefined) log.debug(facts, 'answered');
  else log.error({ ...facts, err: bug }, 'a function failed');
  return bytes;
}
