import type { Json } from '../../functions/kube/json.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import type { FaultInjector } from './faults.ts';
import { sameJson } from './same-json.ts';

/** Returns a client that now and then repeats a call and reports when the second answer differs from the first. */
export function repeatingClient(
  client: FunctionClient,
  faults: FaultInjector,
  report: (finding: string) => void,
): FunctionClient {
  return {
    async runFunction(request) {
      const first = await client.runFunction(request);
      if (!faults.repeatsCall()) return first;
      const second = await client.runFunction(request);
      for (const part of ['desired', 'context', 'requirements', 'conditions', 'results', 'meta'] as const) {
        if (sameJson(first[part] as Json | undefined, second[part] as Json | undefined)) continue;
        const { kind, metadata } = request.observed?.composite?.resource ?? {};
        report(
          `${kind} ${metadata?.name}: step ${request.input?.['kind'] ?? 'without input'} answered the same request with another ${part}`,
        );
      }
      return second;
    },
    close: () => client.close(),
  };
}
