import { type CelEnv, celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import type { KubeObject } from '../../functions/kube/object.ts';

/** Whether a remote object counts as ready, and what stands in the way of telling. */
export interface Readiness {
  readonly isReady: boolean;
  readonly message?: string;
}

type Program = (object: KubeObject) => Readiness;

const environment: CelEnv = celEnv();
const programs = new Map<string, Program>();

/** Operators and functions whose result is a bool whatever their arguments; any other expression has a dynamic type. */
const yieldsBool: ReadonlySet<string> = new Set(
  '_&&_ _||_ !_ _==_ _!=_ _<_ _<=_ _>_ _>=_ @in contains endsWith matches startsWith bool'.split(' '),
);

/**
 * Evaluates a readiness query of provider-kubernetes over a remote object. The checks are those of the provider: no optional
 * syntax, and an expression whose type is not bool (a plain field, for example) is never ready, without a word.
 */
export function evaluateReadiness(query: string, object: KubeObject): Readiness {
  const program = programs.get(query) ?? compile(query);
  programs.set(query, program);
  return program(object);
}

function compile(query: string): Program {
  if (query === '') return () => ({ isReady: false, message: 'cel query cannot be empty' });
  try {
    const parsed = parse(query);
    const kind = parsed.expr?.exprKind;
    const name = kind?.case === 'callExpr' ? kind.value.function : '';
    const isTest = kind?.case === 'selectExpr' && kind.value.testOnly;
    const isLiteral = kind?.case === 'constExpr' && kind.value.constantKind.case === 'boolValue';
    const mayBeBool =
      isTest || isLiteral || kind?.case === 'comprehensionExpr' || name === '_?_:_' || yieldsBool.has(name);
    const evaluate = plan(environment, parsed);
    if (!mayBeBool) return () => ({ isReady: false });
    return (object) => {
      const result = evaluate({ object } as Parameters<typeof evaluate>[0]);
      if (!isCelError(result)) return { isReady: result === true };
      return { isReady: false, message: `failed to eval the program: ${result.message}` };
    };
  } catch (error) {
    const message = `failed to compile query: ${error instanceof Error ? error.message : error}`;
    return () => ({ isReady: false, message });
  }
}
