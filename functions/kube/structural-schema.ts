import { childPath } from './field-path.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from './json.ts';
import type { Problem } from './problem.ts';
import { excerpt } from './schema-excerpt.ts';
import { findDuplicates } from './schema-lists.ts';
import { type Flaw, scalarFlaws } from './schema-scalars.ts';
import { didYouMean } from './schema-suggestion.ts';
import { dropsNull, memberSchema, type StructuralSchema } from './schema-type.ts';

export { applyDefaults } from './schema-defaults.ts';
export type { StructuralSchema } from './schema-type.ts';

/**
 * Returns every way in which a value breaks a structural schema, with paths that begin with the given one; none when the
 * API server would take it. Unknown fields are refused, as strict field validation does; a null where null is not
 * allowed counts as left out, and a required field that has a default may be left out.
 */
export function validate(schema: StructuralSchema, value: Json, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  check(schema, value, path, problems);
  return problems;
}

function check(schema: StructuralSchema, value: Json, path: string, problems: Problem[]): void {
  if (value === null && schema.nullable === true) return;
  const wrongType = typeFlaw(schema, value);
  if (wrongType !== undefined) problems.push({ path, ...wrongType });
  else if (isJsonList(value)) checkList(schema, value, path, problems);
  else if (isJsonObject(value)) checkObject(schema, value, path, problems);
  else for (const flaw of scalarFlaws(schema, value)) problems.push({ path, ...flaw });
}

function checkObject(schema: StructuralSchema, value: JsonObject, path: string, problems: Problem[]): void {
  let size = 0;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const known = memberSchema(schema, name);
    if (member === null && known !== undefined && dropsNull(known)) continue;
    size++;
    if (known !== undefined) check(known, member, childPath(path, name), problems);
    else if (schema['x-kubernetes-preserve-unknown-fields'] !== true) {
      problems.push({ path: childPath(path, name), ...unknownField(schema, name) });
    }
  }
  for (const name of schema.required ?? []) {
    const property = schema.properties?.[name];
    const given = value[name];
    const isLeftOut = given === undefined || (given === null && property?.nullable !== true);
    if (isLeftOut && property?.default === undefined)
      problems.push({ path: childPath(path, name), message: 'is required' });
  }
  checkSize(size, [schema.minProperties, schema.maxProperties], ['entry', 'entries'], path, problems);
}

function checkList(schema: StructuralSchema, value: readonly Json[], path: string, problems: Problem[]): void {
  const { items } = schema;
  if (items !== undefined) {
    for (const [index, item] of value.entries()) check(items, item, childPath(path, index), problems);
  }
  for (const { index, ...flaw } of findDuplicates(schema, value))
    problems.push({ path: childPath(path, index), ...flaw });
  checkSize(value.length, [schema.minItems, schema.maxItems], ['item', 'items'], path, problems);
}

function checkSize(
  size: number,
  [least = 0, most = Number.POSITIVE_INFINITY]: readonly [number | undefined, number | undefined],
  [one, many]: readonly [string, string],
  path: string,
  problems: Problem[],
): void {
  if (size < least)
    problems.push({ path, message: `must have at least ${least} ${least === 1 ? one : many} (got ${size})` });
  if (size > most)
    problems.push({ path, message: `must have at most ${most} ${most === 1 ? one : many} (got ${size})` });
}

function unknownField({ properties = {} }: StructuralSchema, name: string): Flaw {
  const names = Object.keys(properties);
  const suggestion = didYouMean(name, names);
  if (suggestion !== undefined) return { message: 'is not a known field', hint: suggestion };
  if (names.length === 0) return { message: 'is not a known field', hint: 'nothing can be set here' };
  return { message: 'is not a known field', ...(names.length <= 12 && { hint: `known here: ${names.join(', ')}` }) };
}

function typeFlaw(schema: StructuralSchema, value: Json): Flaw | undefined {
  if (schema['x-kubernetes-int-or-string'] === true) {
    if (typeof value === 'string' || Number.isInteger(value)) return undefined;
    return { message: `must be an integer or a string (got ${excerpt(value)})` };
  }
  if (schema.type === undefined || hasType(schema.type, value)) return undefined;
  const hint = typeHint(schema.type, value);
  return { message: `must be ${nouns[schema.type]} (got ${excerpt(value)})`, ...(hint && { hint }) };
}

const nouns = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
} as const;

function hasType(type: keyof typeof nouns, value: Json): boolean {
  switch (type) {
    case 'object':
      return isJsonObject(value);
    case 'array':
      return isJsonList(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** The usual slips in YAML. */
function typeHint(type: keyof typeof nouns, value: Json): string | undefined {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return `put it in quotes: "${value}"`;
  if (type === 'array' && typeof value === 'object' && value !== null) return 'begin every entry with a dash';
  if (type === 'array' && typeof value === 'string') return 'write it as a list with one entry';
  const meant = typeof value === 'string' ? value.trim() : '';
  if (type === 'boolean' && /^(true|false)$/.test(meant)) return 'remove the quotes';
  if ((type === 'integer' || type === 'number') && /^-?\d+$/.test(meant)) return 'remove the quotes';
  return undefined;
}
