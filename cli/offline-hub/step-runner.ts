import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import {
  Capability,
  Requirements,
  type Resource,
  type Resources,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
} from '../../functions/runtime/proto.ts';
import type { RequirementSelector } from './dependency-tracker.ts';
import { sameJson } from './same-json.ts';

/** Core gives up when the requirements of a step still change after this many calls (internal/xfn/required_resources.go). */
export const maxCalls = 6;

/** The kind whose OpenAPI schema a function asks for. */
export interface SchemaSelector {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What a step is given of what it requires, by requirement name; a kind that is not known has no schema. */
export interface Given {
  readonly resources: ReadonlyMap<string, readonly KubeObject[]>;
  readonly schemas: ReadonlyMap<string, JsonObject | undefined>;
}

/** Where what a step requires comes from. */
export interface RequirementSource {
  find(selector: RequirementSelector): readonly KubeObject[];
  /** Returns the schema of a kind with nothing left to refer to; undefined when it is not known. */
  schemaOf(selector: SchemaSelector): JsonObject | undefined;
}

/** What a step is called with; what it requires comes in the course of its calls. */
export type StepRequest = Pick<RunFunctionRequest, 'observed' | 'desired' | 'input' | 'context' | 'credentials'>;

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
  source: RequirementSource,
  tag: () => string,
): Promise<StepAnswer> {
  let given: Resolved = { ...seeds, extra: new Map() };
  let { context } = step;
  let previous: string | undefined;
  for (let calls = 1; calls <= maxCalls; calls++) {
    const response = await client.runFunction(toRequest({ ...step, context }, given, tag()));
    if (response.results.some(({ severity }) => severity === Severity.SEVERITY_FATAL)) return { response, calls };
    const current = response.requirements && canonicalJson(Requirements.toJSON(response.requirements) as Json);
    if (current === previous) return { response, calls };
    const resolved = resolve(response.requirements, seeds, source);
    if (calls === 1 && isSameGiven(given, resolved)) return { response, calls };
    previous = current;
    given = resolved;
    context = response.context;
  }
  throw new Error(`requirements didn't stabilize after the maximum number of iterations (${maxCalls - 1})`);
}

/** Returns what resources a response requires, with their names; those in the deprecated field count too. */
export function requiredBy({
  requirements,
}: RunFunctionResponse): readonly (readonly [name: string, selector: RequirementSelector])[] {
  return [...selectorsIn(requirements?.resources), ...selectorsIn(requirements?.extraResources)];
}

/** Returns an object as it stands in a request. */
export function toResource(object: KubeObject): Resource {
  return { resource: object, connectionDetails: {}, ready: 0 };
}

/** What is given with one call: functions of old ask for resources in a field of its own, and are answered in one. */
interface Resolved extends Given {
  readonly extra: Given['resources'];
}

function resolve(requirements: Requirements | undefined, seeds: Given, source: RequirementSource): Resolved {
  const find = (selectors: ReturnType<typeof selectorsIn>) =>
    selectors.map(([name, selector]) => [name, source.find(selector)] as const);
  const schemas = Object.entries(requirements?.schemas ?? {});
  return {
    resources: new Map([...seeds.resources, ...find(selectorsIn(requirements?.resources))]),
    extra: new Map(find(selectorsIn(requirements?.extraResources))),
    schemas: new Map([...seeds.schemas, ...schemas.map(([name, kind]) => [name, source.schemaOf(kind)] as const)]),
  };
}

function selectorsIn(
  selectors: Requirements['resources'] = {},
): readonly (readonly [name: string, selector: RequirementSelector])[] {
  return Object.entries(selectors).map(([name, { apiVersion, kind, matchName, matchLabels, namespace }]) => [
    name,
    {
      apiVersion,
      kind,
      ...(namespace !== undefined && namespace !== '' && { namespace }),
      ...(matchName !== undefined ? { name: matchName } : { labels: matchLabels?.labels ?? {} }),
    },
  ]);
}

function toRequest(step: StepRequest, { resources, extra, schemas }: Resolved, tag: string): RunFunctionRequest {
  return {
    ...step,
    meta: {
      tag,
      capabilities: [
        Capability.CAPABILITY_CAPABILITIES,
        Capability.CAPABILITY_REQUIRED_RESOURCES,
        Capability.CAPABILITY_CREDENTIALS,
        Capability.CAPABILITY_CONDITIONS,
        Capability.CAPABILITY_REQUIRED_SCHEMAS,
      ],
    },
    extraResources: toResources(extra),
    requiredResources: toResources(resources),
    requiredSchemas: Object.fromEntries([...schemas].map(([name, openapiV3]) => [name, { openapiV3 }])),
  };
}

function toResources(resources: Given['resources']): { [name: string]: Resources } {
  return Object.fromEntries([...resources].map(([name, objects]) => [name, { items: objects.map(toResource) }]));
}

function isSameGiven(a: Resolved, b: Resolved): boolean {
  return (
    isSameMap(a.resources, b.resources, isSameList) &&
    isSameMap(a.extra, b.extra, isSameList) &&
    isSameMap(a.schemas, b.schemas, sameJson)
  );
}

function isSameMap<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>, isSame: (a: T, b: T) => boolean): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (!b.has(name) || !isSame(value, other as T)) return false;
  }
  return true;
}

function isSameList(a: readonly KubeObject[], b: readonly KubeObject[]): boolean {
  return a.length === b.length && a.every((object, index) => object === b[index]);
}
