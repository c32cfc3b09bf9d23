import { CelScalar, celEnv, celFunc } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { meter, metered } from './cel-meter.ts';
import { type Expr, withDescendants } from './cel-syntax.ts';

const { BOOL, INT } = CelScalar;

/** Types whose values have a size of their own; a function of others takes one step wherever it is called. */
const SIZED: ReadonlySet<string> = new Set(['string', 'bytes', 'list', 'dyn']);

/** No expression can call it: `@` is not part of any name. */
const SPEND = celFunc('@spend', [BOOL, INT], BOOL, (goOn, steps) => {
  meter.spend(Number(steps));
  return goOn;
});

/** The functions that expressions may call: those of CEL and its strings extension, metered. */
export const celEngine = celEnv({
  funcs: [
    ...[...celEnv({ funcs: strings }).funcs].map((func) => {
      const types = [func.target, ...func.arguments];
      return types.some((type) => type !== undefined && SIZED.has(type.name)) ? metered(func) : func;
    }),
    SPEND,
  ],
});

/** Makes every loop of a parsed expression spend, for each round, the nodes of its body. */
export function meterLoops(expression: Expr): void {
  for (const { exprKind } of withDescendants(expression)) {
    if (exprKind.case !== 'comprehensionExpr') continue;
    const { loopCondition, loopStep } = exprKind.value;
    if (loopCondition === undefined || loopStep === undefined) continue;
    const steps = literal(BigInt(withDescendants(loopStep).length));
    exprKind.value.loopCondition = node({
      case: 'callExpr',
      value: { $typeName: 'cel.expr.Expr.Call', function: SPEND.name, args: [loopCondition, steps] },
    });
  }
}

function literal(value: bigint): Expr {
  const constantKind = { case: 'int64Value' as const, value };
  return node({ case: 'constExpr', value: { $typeName: 'cel.expr.Constant', constantKind } });
}

function node(exprKind: Expr['exprKind']): Expr {
  return { $typeName: 'cel.expr.Expr', id: 0n, exprKind };
}
