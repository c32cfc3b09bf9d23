import { formatProblems } from '../kube/problem.ts';
import { coreReceiveLimitBytes } from './client.ts';
import type { CompositionFunction, FunctionResponse, Instant } from './composition-function.ts';
import { decodeRequest } from './decode.ts';
import { encodeResponse } from './encode.ts';
import type { Outcome } from './metrics.ts';
import { RunFunctionRequest, RunFunctionResponse } from './proto.ts';
import { budgetCondition, isNearLimit, overBudget } from './response-budget.ts';
import { inputApiVersion, validateRequest } from './validate-request.ts';

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
    return {
      fatal: `input.apiVersion: must be ${inputApiVersion} (got ${JSON.stringify(decoded.input['apiVersion'])})`,
    };
  }
  const valid = validateRequest(decoded);
  if (valid.problems === undefined) return composition.run(valid.value, { now });
  const text = formatProblems(valid.problems);
  const { kind, metadata } = decoded.observed.composite;
  return {
    fatal: `${kind} ${metadata.name ?? ''} cannot be processed, so nothing was changed:\n${text}`,
    conditions: [{ type: 'Valid', status: 'False', reason: 'Invalid', message: text }],
  };
}

function refuseKind(
  input: RunFunctionRequest['input'],
  registry: ReadonlyMap<string, CompositionFunction>,
): FunctionResponse {
  const known = [...registry.keys()].sort().join(', ');
  const got = input === undefined ? 'the step has no input' : `got ${JSON.stringify(input['kind'])}`;
  return {
    fatal: `input.kind: must be one of ${known} (${got}); give the pipeline step an input of apiVersion ${inputApiVersion}`,
  };
}

function withinBudget(name: string, request: RunFunctionRequest, response: FunctionResponse): Answer {
  const outcome = response.fatal === undefined ? 'ok' : 'fatal';
  const bytes = encode(request, response);
  const warned = hasCondition(request, 'WithinResponseBudget');
  if (!isNearLimit(bytes.length) && !warned) return { name, outcome, bytes };
  const conditions = [...(response.conditions ?? []), budgetCondition(bytes.length)];
  const withWarning = encode(request, { ...response, conditions });
  if (withWarning.length < coreReceiveLimitBytes) return { name, outcome, bytes: withWarning };
  const fatal = overBudget(name, encodeResponse(request, response), bytes.length);
  const bare = { ...request, desired: undefined, context: undefined };
  return { name, outcome: 'fatal', bytes: encode(bare, { fatal, conditions }) };
}

function hasCondition(request: RunFunctionRequest, type: string): boolean {
  const conditions: unknown = request.observed?.composite?.resource?.['status']?.['conditions'];
  return Array.isArray(conditions) && conditions.some((condition) => condition?.type === type);
}

function encode(request: RunFunctionRequest, response: FunctionResponse): Uint8Array {
  return RunFunctionResponse.encode(encodeResponse(request, response)).finish();
}
