import { registry } from '../../functions/registry.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { RunFunctionRequest, RunFunctionResponse } from '../../functions/runtime/proto.ts';
import { runFunction } from '../../functions/runtime/run-function.ts';

/** One call of a function: the bytes that went in and came out. */
export type Call = {
  /** Kind of the step input: the function's name. */
  readonly function: string;
  /** `Kind/name` of the composite. */
  readonly composite: string;
  readonly request: Uint8Array;
  readonly response: Uint8Array;
  readonly now: Instant;
};

/** Returns a client of our functions in this process, through the same bytes as over the wire; a request may be changed on its way, and every call is told. */
export function inProcessClient(
  clock: () => Instant,
  onCall: (call: Call) => void,
  onItsWay: (request: RunFunctionRequest) => RunFunctionRequest = (request) => request,
): FunctionClient {
  return {
    async runFunction(given) {
      const request = RunFunctionRequest.encode(onItsWay(given)).finish();
      const now = clock();
      const response = answer(request, now);
      const composite = given.observed?.composite?.resource;
      onCall({
        function: String(given.input?.['kind']),
        composite: `${composite?.['kind']}/${composite?.['metadata']?.['name']}`,
        request,
        response,
        now,
      });
      return RunFunctionResponse.decode(response);
    },
    close() {},
  };
}

/** Returns the bytes of the answer to the bytes of a request; throws the exception that a bug of ours ended the call with. */
export function answer(request: Uint8Array, now: Instant): Uint8Array {
  const { bytes, bug } = runFunction(registry, request, now);
  if (bug !== undefined) throw bug;
  return bytes;
}
