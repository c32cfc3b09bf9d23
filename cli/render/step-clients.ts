import type { JsonObject } from '../../functions/kube/json.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import { type RunFunctionResponse, Severity } from '../../functions/runtime/proto.ts';
import type { PipelineStep } from '../offline-hub/pipeline.ts';

const seedStep = 'crossply-render-context';

/** Steps to run, and the client of each by the name of the step. */
export type Callable = {
  readonly steps: readonly PipelineStep[];
  readonly clients: ReadonlyMap<string, FunctionClient>;
};

/** Returns the steps of a pipeline so that results tell which step they come from, as core's events do, after one that gives the context its first values. */
export function callableSteps(
  pipeline: readonly PipelineStep[],
  functions: ReadonlyMap<string, FunctionClient>,
  context: JsonObject,
): Callable {
  const clients = new Map([[seedStep, seeding(context)]]);
  for (const { step, function: name } of pipeline) {
    const client = functions.get(name);
    if (client !== undefined) clients.set(step, naming(step, client));
  }
  const seed: PipelineStep = { step: seedStep, function: seedStep, requirements: [] };
  return { steps: [seed, ...pipeline.map((each) => ({ ...each, function: each.step }))], clients };
}

function seeding(context: JsonObject): FunctionClient {
  return {
    runFunction: async ({ desired }): Promise<RunFunctionResponse> => ({
      meta: undefined,
      desired,
      results: [],
      context: { ...context },
      requirements: undefined,
      conditions: [],
      output: undefined,
    }),
    close: () => {},
  };
}

function naming(step: string, client: FunctionClient): FunctionClient {
  return {
    async runFunction(request) {
      const response = await client.runFunction(request);
      const results = response.results.map((result) =>
        result.severity === Severity.SEVERITY_FATAL
          ? result
          : { ...result, message: `Pipeline step "${step}": ${result.message}` },
      );
      return { ...response, results };
    },
    close: () => client.close(),
  };
}
