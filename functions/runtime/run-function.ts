import { formatProblem, formatProblems } from '../kube/problem.ts';
import { didYouMean } from '../kube/schema-suggestion.ts';
import { coreReceiveLimitBytes } from './client.ts';
import type { CompositionFunction, FunctionResponse, Instant } from './composition-function.ts';
import { decodeRequest } from './decode.ts';
import { encodeResponse } from './encode.ts';
import type { Outcome } from './metrics.ts';
import { RunFunctionRequest, RunFunctionResponse } from './proto.ts';
import { budgetCondition, isNearLimit, overBudget } from './response-budget.ts';
import { inputApiVersion, validateRequest } from './validate-request.ts';

/** The context key of the largest answer of the pipeline so far once it is near the limit: the last step's condition counts. */
const largestKey = 'crossply.dev/largest-response';

/** What became of one call: the bytes to send and what the metrics and the log want to know. */
export interface Answer {
  readonly name: string;
  readonly outcome: Outcome;
  readonly bytes: Uint8Array;
  /** The exception, when a bug of ours ended the call. */
  readonly bug?: unknown;
}

/**
 * Answers one RunFunctionRequest from its bytes. Bad input and answers too large for the transport become a Fatal result
 * with the reason; so does a bug, with the function's name and without the stack, which only the log gets.
 */
export function runFunction(
  registry: ReadonlyMap<string, CompositionFunction>,
  requestBytes: Uint8Array,
  now: Instant,
): Answer {
  const request = RunFunctionRequest.decode(requestBytes);
  const kind = String(request.input?.['kind'] ?? '');
  const composition = registry.get(kind);
  const name = composition?.kind ?? 'unknown';
  try {
    const response = composition === undefined ? refuseKind(request.input, registry) : call(composition, request, now);
    return withinBudget(name, request, response);
  } catch (bug) {
    const text = bug instanceof Error ? bug.message : String(bug);
    const fatal = `function ${name} failed, which is a bug in Crossply: ${text}. Nothing was changed; the function's log has the stack.`;
    return { name, outcome: 'bug', bytes: encode(request, { fatal }), bug };
  }
}

function call(composition: CompositionFunction, request: RunFunctionRequest, now: Instant): FunctionResponse {
  const decoded = decodeRequest(request);
  if (decoded.input['apiVersion'] !== inputApiVersion) {
    return { fatal: `input.apiVersion: must be ${inputApiVersion} (got ${quote(decoded.input['apiVersion'])})` };
  }
  const valid = validateRequest(decoded);
  if (valid.problems === undefined) return withValid(composition.run(valid.value, { now }), request);
  const text = formatProblems(valid.problems);
  const { kind, metadata } = decoded.observed.composite;
  return {
    fatal: `${kind} ${metadata.name ?? ''} cannot be processed, so nothing was changed:\n${text}`,
    conditions: [{ type: 'Valid', status: 'False', reason: 'Invalid', message: text }],
  };
}

/** Takes back an earlier refusal, for functions that do not speak of validity themselves. */
function withValid(response: FunctionResponse, request: RunFunctionRequest): FunctionResponse {
  const { conditions = [] } = response;
  if (!hasCondition(request, 'Valid') || conditions.some(({ type }) => type === 'Valid')) return response;
  return { ...response, conditions: [...conditions, { type: 'Valid', status: 'True', reason: 'Valid', message: '' }] };
}

function refuseKind(
  input: RunFunctionRequest['input'],
  registry: ReadonlyMap<string, CompositionFunction>,
): FunctionResponse {
  const known = [...registry.keys()].sort();
  const kind: unknown = input?.['kind'];
  const got = input === undefined ? 'the step has no input' : `got ${quote(kind)}`;
  const meant = typeof kind === 'string' ? didYouMean(kind, known) : undefined;
  const hint = meant ?? `give the pipeline step an input of apiVersion ${inputApiVersion}`;
  return { fatal: formatProblem({ path: 'input.kind', message: `must be one of ${known.join(', ')} (${got})`, hint }) };
}

function quote(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

function withinBudget(name: string, request: RunFunctionRequest, response: FunctionResponse): Answer {
  const outcome = response.fatal === undefined ? 'ok' : 'fatal';
  const bytes = encode(request, response);
  const largest = Math.max(bytes.length, largestBefore(request));
  const warned = hasCondition(request, 'WithinResponseBudget');
  if (!isNearLimit(largest) && !warned) return { name, outcome, bytes };
  const conditions = [...(response.conditions ?? []), budgetCondition(largest)];
  const context = isNearLimit(largest) ? { ...response.context, [largestKey]: largest } : (response.context ?? {});
  const withWarning = encode(request, { ...response, conditions, context });
  if (withWarning.length < coreReceiveLimitBytes) return { name, outcome, bytes: withWarning };
  const fatal = overBudget(name, encodeResponse(request, response), bytes.length);
  const bare = { ...request, desired: undefined, context: undefined };
  return { name, outcome: 'fatal', bytes: encode(bare, { fatal, conditions }) };
}

function largestBefore(request: RunFunctionRequest): number {
  const bytes: unknown = request.context?.[largestKey];
  return typeof bytes === 'number' ? bytes : 0;
}

function hasCondition(request: RunFunctionRequest, type: string): boolean {
  const conditions: unknown = request.observed?.composite?.resource?.['status']?.['conditions'];
  return Array.isArray(conditions) && conditions.some((condition) => condition?.type === type);
}

function encode(request: RunFunctionRequest, response: FunctionResponse): Uint8Array {
  return RunFunctionResponse.encode(encodeResponse(request, response)).finish();
}
