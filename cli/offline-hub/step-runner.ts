import type { KubeObject } from '../../functions/kube/object.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import {
  Capability,
  type Resource,
  type Resources,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
} from '../../functions/runtime/proto.ts';
import type { RequirementSelector } from './dependency-tracker.ts';

/** Core gives up when the requirements of a step still change after this many calls (internal/xfn/required_resources.go). */
export const maxCalls = 6;

/** Required resources by requirement name. */
export type Given = ReadonlyMap<string, readonly KubeObject[]>;

/** What a step is called with; what it requires comes in the course of its calls. */
export type StepRequest = Pick<RunFunctionRequest, 'observed' | 'desired' | 'input' | 'context'>;

/** The last answer of a step and how many calls it took. */
export interface StepAnswer {
  readonly response: RunFunctionResponse;
  readonly calls: number;
}

/**
 * Calls the function of one step until what it requires is what it was given: once when the seeds already satisfy it, else until
 * its requirements repeat. Throws with core's words when they never do, or when there is no answer.
 */
export async function runStep(
  client: FunctionClient,
  step: StepRequest,
  seeds: Given,
  find: (selector: RequirementSelector) => readonly KubeObject[],
  tag: () => string,
): Promise<StepAnswer> {
  let given = seeds;
  let { context } = step;
  let previous: string | undefined;
  for (let calls = 1; calls <= maxCalls; calls++) {
    const response = await client.runFunction(toRequest({ ...step, context }, given, tag()));
    if (response.results.some(({ severity }) => severity === Severity.SEVERITY_FATAL)) return { response, calls };
    const required = requiredBy(response);
    const current = response.requirements === undefined ? undefined : fingerprint(required);
    if (current === previous) return { response, calls };
    const resolved = new Map([...seeds, ...[...required].map(([name, selector]) => [name, find(selector)] as const)]);
    if (calls === 1 && isSameGiven(given, resolved)) return { response, calls };
    previous = current;
    given = resolved;
    context = response.context;
  }
  throw new Error(`requirements didn't stabilize after the maximum number of iterations (${maxCalls - 1})`);
}

/** Returns what a response requires, by name. */
export function requiredBy({ requirements }: RunFunctionResponse): ReadonlyMap<string, RequirementSelector> {
  const selectors = new Map<string, RequirementSelector>();
  for (const [name, selector] of Object.entries(requirements?.resources ?? {})) {
    const { apiVersion, kind, matchName, matchLabels, namespace } = selector;
    selectors.set(name, {
      apiVersion,
      kind,
      ...(namespace !== undefined && namespace !== '' && { namespace }),
      ...(matchName !== undefined ? { name: matchName } : { labels: matchLabels?.labels ?? {} }),
    });
  }
  return selectors;
}

/** Returns an object as it stands in a request. */
export function toResource(object: KubeObject): Resource {
  return { resource: object, connectionDetails: {}, ready: 0 };
}

function toRequest(step: StepRequest, given: Given, tag: string): RunFunctionRequest {
  const requiredResources: { [name: string]: Resources } = {};
  for (const [name, objects] of given) requiredResources[name] = { items: objects.map(toResource) };
  return {
    ...step,
    meta: {
      tag,
      capabilities: [
        Capability.CAPABILITY_CAPABILITIES,
        Capability.CAPABILITY_REQUIRED_RESOURCES,
        Capability.CAPABILITY_CREDENTIALS,
        Capability.CAPABILITY_CONDITIONS,
      ],
    },
    extraResources: {},
    credentials: {},
    requiredResources,
    requiredSchemas: {},
  };
}

function fingerprint(required: ReadonlyMap<string, RequirementSelector>): string {
  return JSON.stringify([...required].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isSameGiven(a: Given, b: Given): boolean {
  if (a.size !== b.size) return false;
  for (const [name, objects] of a) {
    const others = b.get(name);
    if (others === undefined || others.length !== objects.length) return false;
    if (objects.some((object, index) => object !== others[index])) return false;
  }
  return true;
}
