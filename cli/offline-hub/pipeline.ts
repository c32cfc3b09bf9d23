import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import {
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
  type State,
  Status,
} from '../../functions/runtime/proto.ts';
import type { NewCondition } from './conditions.ts';
import type { Requirement } from './dependency-tracker.ts';
import type { ObjectRef } from './object-ref.ts';
import { type NamedSecret, readCredentials } from './step-credentials.ts';
import {
  type Given,
  type RequirementSource,
  requiredBy,
  runStep,
  type SchemaSelector,
  toResource,
} from './step-runner.ts';

/** One step of a Composition. */
export interface PipelineStep {
  readonly step: string;
  /** The name of the Function. */
  readonly function: string;
  readonly input?: JsonObject;
  /** What the Composition itself requires for the step. */
  readonly requirements: readonly Requirement[];
  /** The schemas that the Composition requires for the step. */
  readonly schemas?: readonly (SchemaSelector & { readonly name: string })[];
  readonly credentials?: readonly NamedSecret[];
}

/** Something to tell about a composite: a Kubernetes event. */
export interface Notice {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What a pipeline is run with. */
export interface PipelineParts extends RequirementSource {
  readonly functions: ReadonlyMap<string, FunctionClient>;
  /** Returns a Secret that a Composition names as credentials. */
  secret(ref: ObjectRef): KubeObject | undefined;
  /** Returns what a step required in the last pass. */
  remembered(step: string): readonly Requirement[];
  /** Returns the tag of the next call. */
  tag(): string;
}

/** What all steps together answer. */
export interface PipelineResult {
  readonly desired: State | undefined;
  /** The context after the last step, which core drops. */
  readonly context: JsonObject;
  /** What was required, in the order of the steps. */
  readonly required: readonly Requirement[];
  readonly conditions: readonly NewCondition[];
  readonly notices: readonly Notice[];
  /** The shortest TTL that a step asked for; absent means no limit. */
  readonly ttlSeconds?: number;
  readonly calls: number;
  /** Why the pipeline stopped before its end: nothing of it may be applied. */
  readonly error?: string;
}

/** Runs the steps one after the other, each with what the one before desired. A Fatal result or a failed call ends the run. */
export async function runPipeline(
  steps: readonly PipelineStep[],
  composite: KubeObject,
  observed: ReadonlyMap<string, KubeObject>,
  parts: PipelineParts,
): Promise<PipelineResult> {
  const state: State = { composite: toResource(composite), resources: {} };
  for (const [key, object] of observed) state.resources[key] = toResource(object);
  let desired: State | undefined = { composite: undefined, resources: {} };
  let context: RunFunctionRequest['context'] = {};
  let ttlSeconds: number | undefined;
  let calls = 0;
  const required: Requirement[] = [];
  const conditions: NewCondition[] = [];
  const notices: Notice[] = [];
  const result = (): PipelineResult => ({
    desired,
    context: context ?? {},
    required,
    conditions,
    notices,
    calls,
    ...(ttlSeconds !== undefined && { ttlSeconds }),
  });
  const failed = (error: string): PipelineResult => ({ ...result(), conditions: [], notices: [], error });
  for (const each of steps) {
    const { step, function: name, input, requirements } = each;
    const cannotRun = `cannot run Composition pipeline step "${step}"`;
    const client = parts.functions.get(name);
    if (client === undefined)
      return failed(`${cannotRun}: cannot find an active FunctionRevision for Function "${name}"`);
    const secrets = readCredentials(each, parts.secret);
    if ('error' in secrets) return failed(secrets.error);
    let response: RunFunctionResponse;
    try {
      const request = { observed: state, desired, input, context, ...secrets };
      const answer = await runStep(client, request, seeds(each, parts), parts, parts.tag);
      response = answer.response;
      calls += answer.calls;
    } catch (error) {
      return failed(`${cannotRun}: ${error instanceof Error ? error.message : String(error)}`);
    }
    required.push(...requirements);
    for (const [requirement, selector] of requiredBy(response)) required.push({ step, name: requirement, selector });
    const seconds = ttlOf(response);
    if (seconds > 0) ttlSeconds = Math.min(ttlSeconds ?? seconds, seconds);
    desired = response.desired;
    context = response.context;
    conditions.push(...conditionsIn(response));
    const fatal = response.results.find(({ severity }) => severity === Severity.SEVERITY_FATAL);
    notices.push(...noticesBefore(response, fatal));
    if (fatal !== undefined) {
      return { ...result(), error: `pipeline step "${step}" returned a fatal result: ${fatal.message}` };
    }
  }
  return result();
}

function seeds({ step, requirements, schemas = [] }: PipelineStep, parts: PipelineParts): Given {
  const resources = new Map(requirements.map(({ name, selector }) => [name, parts.find(selector)]));
  for (const { name, selector } of parts.remembered(step)) {
    if (resources.has(name)) continue;
    try {
      resources.set(name, parts.find(selector));
    } catch {
      // Seeding is best effort in core: the function asks for it, and the failure shows then.
    }
  }
  return { resources, schemas: new Map(schemas.map(({ name, ...kind }) => [name, parts.schemaOf(kind)])) };
}

function ttlOf({ meta }: RunFunctionResponse): number {
  return (meta?.ttl?.seconds ?? 0) + (meta?.ttl?.nanos ?? 0) / 1e9;
}

function conditionsIn({ conditions }: RunFunctionResponse): NewCondition[] {
  return conditions.map(({ type, status, reason, message }) => ({
    type,
    status:
      status === Status.STATUS_CONDITION_TRUE ? 'True' : status === Status.STATUS_CONDITION_FALSE ? 'False' : 'Unknown',
    reason,
    ...(message !== undefined && { message }),
  }));
}

function noticesBefore(
  { results }: RunFunctionResponse,
  fatal: RunFunctionResponse['results'][number] | undefined,
): Notice[] {
  const told = fatal === undefined ? results : results.slice(0, results.indexOf(fatal));
  return told.map(({ severity, reason = '', message }) => ({
    type: severity === Severity.SEVERITY_NORMAL ? 'Normal' : 'Warning',
    reason: reason === '' ? 'ComposeResources' : reason,
    message,
  }));
}
