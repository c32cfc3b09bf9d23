import { unparse } from '@bufbuild/cel';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { type Expr, withDescendants } from './cel-syntax.ts';

const MANY = 12;

/** Returns the problem of an evaluation that failed: the engine's words, and what would help where that can be told. */
export function explainFailure(words: string, expression: Expr, variables: JsonObject): Problem {
  const hint = hintFor(words, expression, variables);
  return hint === undefined ? { path: '', message: words } : { path: '', message: words, hint };
}

function hintFor(words: string, expression: Expr, variables: JsonObject): string | undefined {
  const missing = /^field not found: (.*)$/s.exec(words)?.[1];
  if (missing !== undefined) return missingKeyHint(missing, expression, variables);
  if (/^found no matching overload/.test(words)) return 'convert a value with string(…), int(…) or double(…)';
  return undefined;
}

type Access = { readonly operand: Expr; readonly key: string };

function missingKeyHint(key: string, expression: Expr, variables: JsonObject): string | undefined {
  for (const node of withDescendants(expression)) {
    const access = accessOf(node, variables);
    if (access?.key !== key) continue;
    const object = resolve(access.operand, variables);
    if (object === undefined || (isJsonObject(object) && Object.hasOwn(object, key))) continue;
    const operand = unparse(access.operand);
    if (!isJsonObject(object))
      return `${operand} is ${isJsonList(object) ? 'a list' : JSON.stringify(object)}, not a map`;
    if (access.operand.exprKind.case === 'identExpr') return `${operand} has: ${listNames(object)}`;
    const quoted = JSON.stringify(key);
    return `${operand}[${quoted}] is not set; use ${quoted} in ${operand} ? ${operand}[${quoted}] : …`;
  }
  return undefined;
}

/** Returns what a node reads from what, where the key is written down or can be looked up. */
function accessOf({ exprKind }: Expr, variables: JsonObject): Access | undefined {
  if (exprKind.case === 'selectExpr') {
    const { operand, field, testOnly } = exprKind.value;
    return operand === undefined || testOnly ? undefined : { operand, key: field };
  }
  if (exprKind.case !== 'callExpr' || exprKind.value.function !== '_[_]') return undefined;
  const [operand, index] = exprKind.value.args;
  const key = index === undefined ? undefined : resolve(index, variables);
  return operand === undefined || typeof key !== 'string' ? undefined : { operand, key };
}

function resolve(expression: Expr, variables: JsonObject): Json | undefined {
  const { exprKind } = expression;
  if (exprKind.case === 'constExpr') {
    const { constantKind } = exprKind.value;
    return constantKind.case === 'stringValue' ? constantKind.value : undefined;
  }
  if (exprKind.case === 'identExpr') return ownMember(variables, exprKind.value.name);
  const access = accessOf(expression, variables);
  return access === undefined ? undefined : ownMember(resolve(access.operand, variables), access.key);
}

function ownMember(object: Json | undefined, key: string): Json | undefined {
  return isJsonObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

function listNames(object: JsonObject): string {
  const names = Object.keys(object).sort();
  const more = names.length - MANY;
  if (names.length === 0) return 'nothing';
  return `${names.slice(0, MANY).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
