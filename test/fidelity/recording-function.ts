import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import {
  FunctionRunnerServiceService,
  type Requirements,
  RunFunctionRequest,
  type RunFunctionResponse,
} from '../../functions/runtime/proto.ts';

/** A function that desires what the steps before it desired, requires what it is told to, and remembers what it was asked. */
export interface RecordingFunction {
  readonly port: number;
  /** Returns the requests since the last time, in protobuf's JSON. */
  take(): readonly JsonObject[];
  stop(): void;
}

/** Starts a recording function on a free port of 127.0.0.1, without TLS; `requirementsOf` is told the input of a step. */
export async function startRecordingFunction(
  requirementsOf: (input: JsonObject) => Requirements,
): Promise<RecordingFunction> {
  let requests: JsonObject[] = [];
  const server = new Server();
  server.addService(FunctionRunnerServiceService, {
    runFunction(
      { request }: { readonly request: RunFunctionRequest },
      answer: (error: null, response: RunFunctionResponse) => void,
    ) {
      requests.push(RunFunctionRequest.toJSON(request) as JsonObject);
      answer(null, {
        meta: { tag: request.meta?.tag ?? '', ttl: undefined },
        desired: request.desired,
        results: [],
        context: { ...request.context, calls: Number(request.context?.['calls'] ?? 0) + 1 },
        requirements: requirementsOf((request.input ?? {}) as { readonly [key: string]: Json }),
        conditions: [],
        output: undefined,
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    port,
    take() {
      const taken = requests;
      requests = [];
      return taken;
    },
    stop: () => server.forceShutdown(),
  };
}
