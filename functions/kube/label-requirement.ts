import { isLabelKey, isLabelValue } from './names.ts';
import type { Problem } from './problem.ts';

/** One condition on labels. `in`, `notIn`, `=`, `!=` compare texts; `>` and `<` compare whole numbers. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values: readonly string[];
}

export type RequirementOperator = 'exists' | 'notExists' | 'in' | 'notIn' | '=' | '!=' | '>' | '<';

/** Labels of an object, by key. */
export type Labels = { readonly [key: string]: string };

type Arity = { readonly allows: (count: number) => boolean; readonly words: string };
const NONE: Arity = { allows: (count) => count === 0, words: 'no value' };
const ONE: Arity = { allows: (count) => count === 1, words: 'one value' };
const SOME: Arity = { allows: (count) => count > 0, words: 'at least one value' };

const ARITY: { readonly [operator in RequirementOperator]: Arity } = {
  exists: NONE,
  notExists: NONE,
  in: SOME,
  notIn: SOME,
  '=': ONE,
  '!=': ONE,
  '>': ONE,
  '<': ONE,
};

const INTEGER = /^[-+]?\d+$/;

/**
 * Returns what is wrong with a requirement: the form of its key and values, and their number (rules of k8s.io/apimachinery
 * labels). `spelling` is how the operator was written.
 */
export function checkLabelRequirement(requirement: LabelRequirement, path: string, spelling?: string): Problem[] {
  const { key, operator, values } = requirement;
  const problems: Problem[] = [];
  if (!isLabelKey(key)) problems.push({ path: `${path}.key`, message: `must be a label key (got "${key}")` });
  if (!Object.hasOwn(ARITY, operator)) {
    problems.push({ path: `${path}.operator`, message: `"${operator}" is not an operator` });
    return problems;
  }
  const { allows, words } = ARITY[operator];
  if (!allows(values.length)) {
    problems.push({ path: `${path}.values`, message: `${spelling ?? operator} takes ${words} (got ${values.length})` });
  }
  values.forEach((value, index) => {
    const valuePath = `${path}.values[${index}]`;
    if (!isLabelValue(value)) problems.push({ path: valuePath, message: `must be a label value (got "${value}")` });
    else if ((operator === '>' || operator === '<') && !INTEGER.test(value)) {
      problems.push({ path: valuePath, message: `${operator} compares whole numbers (got "${value}")` });
    }
  });
  return problems;
}

/** Tells whether labels meet a requirement; `notIn` and `!=` are also met by an absent key. */
export function meetsRequirement({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case 'notExists':
      return value === undefined;
    case '=':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notIn':
      return value === undefined || !values.includes(value);
    case '>':
      return compareIntegers(value, values[0], (a, b) => a > b);
    case '<':
      return compareIntegers(value, values[0], (a, b) => a < b);
  }
}

function compareIntegers(
  one: string | undefined,
  other: string | undefined,
  holds: (a: bigint, b: bigint) => boolean,
): boolean {
  if (one === undefined || other === undefined || !INTEGER.test(one) || !INTEGER.test(other)) return false;
  return holds(toInteger(one), toInteger(other));
}

function toInteger(text: string): bigint {
  return BigInt(text.startsWith('+') ? text.slice(1) : text);
}
