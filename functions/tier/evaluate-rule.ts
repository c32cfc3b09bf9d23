import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import type { Json, JsonObject } from '../kube/json.ts';
import { toCelValue } from '../template/cel-values.ts';
import type { AdmissionRule } from './admission-policy.ts';

const environment = celEnv({ funcs: [...strings] });

/** Returns what an API server would say to a request, for tests: why it is denied, or nothing. */
export function evaluateRule(
  rule: AdmissionRule,
  object: JsonObject,
  oldObject: JsonObject | null,
): string | undefined {
  const bindings = { object: toCelValue(object), oldObject: toCelValue(oldObject) };
  const applies = (rule.matchConditions ?? []).every(({ expression }) => evaluate(expression, bindings, {}));
  if (!applies) return undefined;
  const variables: { [name: string]: unknown } = {};
  for (const { name, expression } of rule.variables) variables[name] = evaluate(expression, bindings, variables);
  if (evaluate(rule.expression, bindings, variables) === true) return undefined;
  return String(evaluate(rule.messageExpression, bindings, variables));
}

function evaluate(
  source: string,
  bindings: { [name: string]: Json | unknown },
  variables: { [name: string]: unknown },
) {
  const named = new Map(Object.entries(variables));
  const result = plan(
    environment,
    parse(source),
  )({ ...bindings, variables: named } as Parameters<ReturnType<typeof plan>>[0]);
  if (isCelError(result)) throw new Error(`${source}: ${result.message}`);
  return result;
}
