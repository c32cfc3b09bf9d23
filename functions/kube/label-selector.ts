import { checkLabelRequirement, type LabelRequirement, type Labels, meetsRequirement } from './label-requirement.ts';
import { isLabelKey, isLabelValue } from './names.ts';
import type { Problem } from './problem.ts';

/** metav1.LabelSelector. */
export interface LabelSelector {
  readonly matchLabels?: Labels | undefined;
  readonly matchExpressions?: readonly LabelExpression[] | undefined;
}

/** metav1.LabelSelectorRequirement; the operator is one of In, NotIn, Exists, DoesNotExist. */
export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | undefined;
}

const OPERATORS: ReadonlyMap<string, LabelRequirement['operator']> = new Map([
  ['In', 'in'],
  ['NotIn', 'notIn'],
  ['Exists', 'exists'],
  ['DoesNotExist', 'notExists'],
]);

/**
 * Tells whether labels meet all that a selector asks for. A selector that is absent or empty selects everything; an
 * operator that does not exist selects nothing.
 */
export function matchesLabelSelector(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const present = labels ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) =>
      meetsRequirement({ key, operator: '=', values: [value] }, present),
    ) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const known = OPERATORS.get(operator);
      return known !== undefined && meetsRequirement({ key, operator: known, values }, present);
    })
  );
}

/** Returns what is wrong with a selector: keys, operators, values and the number of values each operator takes. */
export function checkLabelSelector(selector: LabelSelector, path: string): Problem[] {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return [
    ...Object.entries(matchLabels).flatMap(([key, value]) => checkEquality(key, value, `${path}.matchLabels`)),
    ...matchExpressions.flatMap((expression, index) =>
      checkExpression(expression, `${path}.matchExpressions[${index}]`),
    ),
  ];
}

function checkEquality(key: string, value: string, path: string): Problem[] {
  const problems: Problem[] = [];
  if (!isLabelKey(key)) problems.push({ path, message: `must have label keys (got "${key}")` });
  if (!isLabelValue(value))
    problems.push({ path: `${path}['${key}']`, message: `must be a label value (got "${value}")` });
  return problems;
}

function checkExpression({ key, operator, values = [] }: LabelExpression, path: string): Problem[] {
  const known = OPERATORS.get(operator);
  if (known === undefined) {
    const names = [...OPERATORS.keys()].join(', ');
    return [{ path: `${path}.operator`, message: `must be one of ${names} (got "${operator}")` }];
  }
  return checkLabelRequirement({ key, operator: known, values }, path, operator);
}
