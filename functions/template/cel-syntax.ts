import type { parse } from '@bufbuild/cel';

/** An expression as parsed, macros such as `exists` already expanded. */
export type Expr = ReturnType<typeof parse>['expr'];

/** A loop, which is what `all`, `exists`, `exists_one`, `filter` and `map` expand to. */
export type Loop = Extract<Expr['exprKind'], { case: 'comprehensionExpr' }>['value'];

/** Returns the expressions that an expression is made of, in no special order. */
export function childrenOf({ exprKind }: Expr): readonly Expr[] {
  switch (exprKind.case) {
    case 'selectExpr':
      return present(exprKind.value.operand);
    case 'callExpr':
      return present(exprKind.value.target, ...exprKind.value.args);
    case 'listExpr':
      return exprKind.value.elements;
    case 'structExpr':
      return exprKind.value.entries.flatMap(({ keyKind, value }) =>
        present(keyKind.case === 'mapKey' ? keyKind.value : undefined, value),
      );
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = exprKind.value;
      return present(iterRange, accuInit, loopCondition, loopStep, result);
    }
    default:
      return [];
  }
}

function present(...expressions: readonly (Expr | undefined)[]): Expr[] {
  return expressions.filter((expression) => expression !== undefined);
}

/** Returns an expression and all that it is made of. */
export function withDescendants(expression: Expr): Expr[] {
  return [expression, ...childrenOf(expression).flatMap(withDescendants)];
}

/** Returns the dotted name that an expression writes, such as `cluster.labels`; `undefined` when it is no such name. */
export function qualifiedName({ exprKind }: Expr): string | undefined {
  if (exprKind.case === 'identExpr') return exprKind.value.name;
  if (exprKind.case !== 'selectExpr' || exprKind.value.testOnly || exprKind.value.operand === undefined)
    return undefined;
  const operand = qualifiedName(exprKind.value.operand);
  return operand === undefined ? undefined : `${operand}.${exprKind.value.field}`;
}
