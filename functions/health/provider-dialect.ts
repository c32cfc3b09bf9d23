import type { Problem } from '../kube/problem.ts';
import { type Expr, withDescendants } from '../template/cel-syntax.ts';

/** Functions of the CEL that provider-kubernetes evaluates: cel-go without any extension. */
const functions: ReadonlySet<string> = new Set(
  (
    'size contains startsWith endsWith matches int uint double string bool bytes duration timestamp dyn type ' +
    'getFullYear getMonth getDayOfMonth getDayOfYear getDate getDayOfWeek getHours getMinutes getSeconds getMilliseconds'
  ).split(' '),
);

/** Operators and functions whose result is a bool whatever their arguments; the provider refuses what may be anything else. */
const yieldsBool: ReadonlySet<string> = new Set(
  '_&&_ _||_ !_ _==_ _!=_ _<_ _<=_ _>_ _>=_ @in contains endsWith matches startsWith bool'.split(' '),
);

const arithmetic: ReadonlySet<string> = new Set('_+_ _-_ _*_ _/_ _%_'.split(' '));

/** Returns what of a parsed expression the provider's CEL would refuse, or fail at. */
export function checkDialect(expression: Expr, yields: 'bool' | 'string'): Problem[] {
  const nodes = withDescendants(expression);
  const called = nodes.flatMap(({ exprKind }) => (exprKind.case === 'callExpr' ? [exprKind.value] : []));
  const foreign = [...new Set(called.map((call) => call.function))].filter(
    (name) => /^[A-Za-z]/.test(name) && !functions.has(name),
  );
  const problems: Problem[] = foreign.map((name) => ({
    path: '',
    message: `the CEL of provider-kubernetes has no function "${name}"`,
    hint: 'use contains, startsWith, endsWith, matches, size and the operators',
  }));
  const mixed = called.some(
    ({ function: name, args }) => arithmetic.has(name) && args.some(isWhole) && args.some(isOfObject),
  );
  if (mixed) {
    problems.push({
      path: '',
      message: 'calculates with a whole number, and numbers of an object are doubles for provider-kubernetes',
      hint: 'write the number with a point, such as 1.0',
    });
  }
  if (yields === 'bool' && !isBool(expression)) {
    const hint = 'compare it, such as object.status.ready == true';
    problems.push({ path: '', message: 'does not yield true or false', hint });
  }
  return problems;
}

function isWhole({ exprKind }: Expr): boolean {
  if (exprKind.case !== 'constExpr') return false;
  const { constantKind } = exprKind.value;
  return constantKind.case === 'int64Value' || constantKind.case === 'uint64Value';
}

function isOfObject({ exprKind }: Expr): boolean {
  return exprKind.case === 'selectExpr' && !exprKind.value.testOnly;
}

function isBool(expression: Expr): boolean {
  const { exprKind } = expression;
  switch (exprKind.case) {
    case 'callExpr':
      return exprKind.value.function === '_?_:_'
        ? exprKind.value.args.slice(1).every(isBool)
        : yieldsBool.has(exprKind.value.function);
    case 'selectExpr':
      return exprKind.value.testOnly;
    case 'constExpr':
      return exprKind.value.constantKind.case === 'boolValue';
    case 'comprehensionExpr':
      return exprKind.value.accuInit?.exprKind.case === 'constExpr' || isBool(exprKind.value.result as Expr);
    default:
      return false;
  }
}
