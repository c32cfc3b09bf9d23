import type { Problem } from '../kube/problem.ts';
import { celEngine } from './cel-engine.ts';
import { childrenOf, type Expr, qualifiedName, withDescendants } from './cel-syntax.ts';

/** Loops that one expression may have: each may multiply the size of what it works on. */
const MAX_LOOPS = 4;

const TYPE_NAMES: ReadonlySet<string> = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);

/** Returns what can be told to be wrong with a parsed expression before it is evaluated: names and functions that do not exist, messages, too many loops. */
export function checkExpression(expression: Expr, variables: readonly string[]): Problem[] {
  const names = unknownNames(expression, new Set(variables));
  const known = `known here: ${variables.toSorted().join(', ')}`;
  const problems: Problem[] = [...new Set(names)].map((name) => ({
    path: '',
    message: `"${name}" is not known`,
    hint: known,
  }));
  const nodes = withDescendants(expression);
  const functions = nodes.flatMap(unknownFunction);
  for (const name of new Set(functions)) problems.push({ path: '', message: `there is no function "${name}"` });
  if (nodes.some(({ exprKind }) => exprKind.case === 'structExpr' && exprKind.value.messageName !== '')) {
    problems.push({ path: '', message: 'messages cannot be made here', hint: 'write a map: {"key": value}' });
  }
  const loops = nodes.filter(({ exprKind }) => exprKind.case === 'comprehensionExpr').length;
  if (loops > MAX_LOOPS) {
    problems.push({
      path: '',
      message: `has ${loops} loops (all, exists, exists_one, filter, map); ${MAX_LOOPS} are allowed`,
    });
  }
  return problems;
}

/** Names used outside the loop that declares them, if any does. */
function unknownNames(expression: Expr, scope: ReadonlySet<string>): string[] {
  const { exprKind } = expression;
  if (exprKind.case === 'identExpr') {
    const name = exprKind.value.name.replace(/^\./, '');
    return scope.has(name) || TYPE_NAMES.has(name) ? [] : [name];
  }
  if (exprKind.case === 'comprehensionExpr') {
    const { iterRange, accuVar, iterVar } = exprKind.value;
    const inside = new Set([...scope, accuVar, iterVar]);
    return childrenOf(expression).flatMap((child) => unknownNames(child, child === iterRange ? scope : inside));
  }
  const operands = namespacedArguments(expression);
  if (operands !== undefined) return operands.flatMap((operand) => unknownNames(operand, scope));
  return childrenOf(expression).flatMap((child) => unknownNames(child, scope));
}

/** Returns the arguments of a call whose target is no value but part of the function's name, as in `strings.quote(text)`. */
function namespacedArguments({ exprKind }: Expr): readonly Expr[] | undefined {
  if (exprKind.case !== 'callExpr' || exprKind.value.target === undefined) return undefined;
  const prefix = qualifiedName(exprKind.value.target);
  const known = prefix !== undefined && celEngine.funcs.find(`${prefix}.${exprKind.value.function}`) !== undefined;
  return known ? exprKind.value.args : undefined;
}

function unknownFunction(expression: Expr): string[] {
  const { exprKind } = expression;
  if (exprKind.case !== 'callExpr' || !/^[A-Za-z]/.test(exprKind.value.function)) return [];
  const known =
    namespacedArguments(expression) !== undefined || celEngine.funcs.find(exprKind.value.function) !== undefined;
  return known ? [] : [exprKind.value.function];
}
