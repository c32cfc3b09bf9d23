import type { Json } from './json.ts';
import type { Problem } from './problem.ts';
import { excerpt } from './schema-excerpt.ts';
import { didYouMean } from './schema-suggestion.ts';

/** The part of a structural schema that speaks of one string, number or boolean. */
export type ScalarRules = {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly description?: string;
  readonly 'x-kubernetes-int-or-string'?: boolean;
};

/** What is wrong with a value, before it is known where the value stands. */
export type Flaw = Omit<Problem, 'path'>;

const formats: { readonly [format: string]: (value: string) => boolean } = {
  'date-time': (value) =>
    /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
};

const patterns = new Map<string, RegExp>();

/** Returns everything that is wrong with the value of a scalar whose type already fits. */
export function scalarFlaws(rules: ScalarRules, value: Json): readonly Flaw[] {
  const flaws: Flaw[] = [];
  if (rules.enum !== undefined && !rules.enum.includes(value)) flaws.push(notInEnum(rules.enum, value));
  if (typeof value === 'string') stringFlaws(rules, value, flaws);
  if (typeof value === 'number') numberFlaws(rules, value, flaws);
  return flaws;
}

function notInEnum(allowed: readonly Json[], value: Json): Flaw {
  const words = allowed.map((word) => (typeof word === 'string' ? word : JSON.stringify(word)));
  const hint = typeof value === 'string' ? didYouMean(value, words) : undefined;
  return { message: `must be one of ${words.join(', ')} (got ${excerpt(value)})`, ...(hint && { hint }) };
}

function stringFlaws(rules: ScalarRules, value: string, flaws: Flaw[]): void {
  const { minLength = 0, maxLength, pattern, format = '', description } = rules;
  if (value.length < minLength || (minLength > 1 && lengthOf(value) < minLength)) {
    flaws.push({
      message:
        minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters (got ${excerpt(value)})`,
    });
  }
  if (maxLength !== undefined && value.length > maxLength && lengthOf(value) > maxLength) {
    flaws.push({ message: `must have at most ${maxLength} characters (got ${lengthOf(value)}: ${excerpt(value)})` });
  } else if (pattern !== undefined && !compiled(pattern).test(value)) {
    flaws.push({ message: `must match ${pattern} (got ${excerpt(value)})`, ...(description && { hint: description }) });
  }
  if (Object.hasOwn(formats, format) && formats[format]?.(value) === false) {
    flaws.push({ message: `must be a ${format} (got ${excerpt(value)})`, hint: 'write it like 2026-01-31T12:00:00Z' });
  }
}

function numberFlaws(rules: ScalarRules, value: number, flaws: Flaw[]): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, format } = rules;
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    flaws.push({ message: `must be ${exclusiveMinimum ? 'more than' : 'at least'} ${minimum} (got ${value})` });
  }
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    flaws.push({ message: `must be ${exclusiveMaximum ? 'less than' : 'at most'} ${maximum} (got ${value})` });
  }
  if (format === 'int32' && (value | 0) !== value) flaws.push({ message: `must fit into 32 bits (got ${value})` });
}

/** Lengths count characters, not UTF-16 units, as the API server does. */
function lengthOf(value: string): number {
  let length = 0;
  for (const _ of value) length++;
  return length;
}

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const expression = new RegExp(pattern, 'u');
  patterns.set(pattern, expression);
  return expression;
}
