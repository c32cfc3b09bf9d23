import { formatProblems } from '../../../functions/kube/problem.ts';
import { registry } from '../../../functions/registry.ts';
import type { FunctionClient } from '../../../functions/runtime/client.ts';
import type { FunctionResponse, Instant } from '../../../functions/runtime/composition-function.ts';
import { decodeRequest } from '../../../functions/runtime/decode.ts';
import { encodeResponse } from '../../../functions/runtime/encode.ts';
import type { RunFunctionRequest } from '../../../functions/runtime/proto.ts';
import { validateRequest } from '../../../functions/runtime/validate-request.ts';

/** Returns a client of our functions in this process that skips the bytes of the wire: other tests go through them, and a course makes thousands of calls. */
export function directClient(clock: () => Instant): FunctionClient {
  return {
    async runFunction(request) {
      return encodeResponse(request, answer(request, clock()));
    },
    close() {},
  };
}

function answer(request: RunFunctionRequest, now: Instant): FunctionResponse {
  const composition = registry.get(String(request.input?.['kind']));
  if (composition === undefined) throw new Error(`no function ${request.input?.['kind']}`);
  const valid = validateRequest(decodeRequest(request));
  return valid.problems === undefined
    ? composition.run(valid.value, { now })
    : { fatal: formatProblems(valid.problems) };
}
