import type { Json } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { compileCel } from './cel.ts';
import { holeText } from './hole-syntax.ts';

/** What the expressions in the holes of a manifest may know. */
export type TemplateEnvironment = {
  /** The member cluster that the manifest is for. */
  readonly cluster: {
    readonly name: string;
    readonly labels: { readonly [key: string]: string };
    readonly properties: { readonly [name: string]: string };
    readonly version: string;
    /** Name of the ClusterSet it was selected from. */
    readonly set: string;
  };
  /** The composite that the manifest comes from. */
  readonly app: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: { readonly [key: string]: string };
  };
  readonly tier: { readonly name: string; readonly namespace: string; readonly platform: string };
  /** Namespace in the member cluster. */
  readonly namespace: string;
  /** Replicas in this cluster by component. */
  readonly replicas: { readonly [component: string]: number };
  /** The cluster's share of numbers that are divided like the replicas of a component, by what is shared. */
  readonly share?: { readonly [component: string]: { readonly [of: string]: number } };
};

/** Names of the variables that expressions in holes may use. */
export const TEMPLATE_VARIABLES: readonly (keyof TemplateEnvironment)[] = [
  'app',
  'cluster',
  'namespace',
  'replicas',
  'share',
  'tier',
];

/** Values of expressions, and what is wrong with those that gave none. */
export interface Evaluation {
  readonly values: ReadonlyMap<string, Json>;
  readonly problems: readonly Problem[];
}

/** Returns what each expression gives in an environment. `pathOf` tells where an expression is used, for its problems. */
export function evaluateExpressions(
  expressions: readonly string[],
  environment: TemplateEnvironment,
  pathOf: (expression: string) => string = () => '',
): Evaluation {
  const values = new Map<string, Json>();
  const problems: Problem[] = [];
  for (const expression of expressions) {
    const program = compileCel(expression, TEMPLATE_VARIABLES);
    const result = program.problems === undefined ? program.value.evaluate(environment) : program;
    if (result.problems === undefined) values.set(expression, result.value);
    else problems.push(...holeProblems(expression, pathOf(expression), result.problems));
  }
  return { values, problems };
}

/** Returns the problems that make an expression unusable in any hole, whatever the cluster. */
export function checkHoleExpression(expression: string, path: string): Problem[] {
  const program = compileCel(expression, TEMPLATE_VARIABLES);
  return program.problems === undefined
    ? []
    : holeProblems(expression, path, program.problems).map(suggestEscape(expression));
}

function holeProblems(expression: string, path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path, message: `${holeText(expression)}: ${problem.message}` }));
}

/** A lone unknown name is often a shell variable. */
function suggestEscape(expression: string): (problem: Problem) => Problem {
  return (problem) =>
    /^[A-Z_][A-Z0-9_]*$/.test(expression)
      ? { ...problem, hint: `${problem.hint}; for a literal \${${expression}} write $\${${expression}}` }
      : problem;
}
