import type { Sign } from './health-rule.ts';

/**
 * The words of health rules: CEL without optional syntax, strings extension or arithmetic on whole numbers, for the provider
 * knows none of these (provider-kubernetes hands cel-go JSON numbers, which are doubles).
 */

/** Returns a sign that an object has a field, given by its path, and every field on the way to it. */
export function has(path: string): Sign {
  const names = path.split('.');
  return names.map((_, index) => `has(object.${names.slice(0, index + 1).join('.')})`).join(' && ');
}

/** Returns a sign that a field is there and has one of some values. */
export function fieldIs(path: string, ...values: readonly (string | number | boolean)[]): Sign {
  const literals = values.map((value) => (typeof value === 'number' ? double(value) : JSON.stringify(value)));
  const [only] = literals;
  const test = literals.length === 1 ? `== ${only}` : `in [${literals.join(', ')}]`;
  return `(${has(path)} && object.${path} ${test})`;
}

/** Returns CEL for a number at a path, or another number where it is missing. */
export function numberAt(path: string, otherwise: number): string {
  return `(${has(path)} ? object.${path} : ${double(otherwise)})`;
}

/** Returns a sign that a list is there and has an item. */
export function hasItems(path: string): Sign {
  return `(${has(path)} && size(object.${path}) > 0)`;
}

/** A condition that speaks of the object as it is now; 0 stands for a generation that was never written. */
const speaksOfNow =
  '(!has(c.observedGeneration) || c.observedGeneration == 0 || !has(object.metadata.generation) || c.observedGeneration == object.metadata.generation)';

/** Returns a sign that a condition speaks of the present generation and has a status, and a reason if one is given. */
export function conditionIs(type: string, status: 'True' | 'False', reason?: string): Sign {
  const because = reason === undefined ? '' : ` && has(c.reason) && c.reason == "${reason}"`;
  return someCondition(`${ofType([type])} && c.status == "${status}"${because}`);
}

/** Returns a sign that one of some conditions is True for the present generation. */
export function isTrue(...types: readonly string[]): Sign {
  return someCondition(`${ofType(types)} && c.status == "True"`);
}

/** Returns a sign that a condition is False for the present generation. */
export function isFalse(type: string): Sign {
  return conditionIs(type, 'False');
}

/** Returns a sign that each of some conditions that the object has is True for the present generation. */
export function areTrueIfTold(...types: readonly string[]): Sign {
  const isFine = `(c.status == "True" && ${speaksOfNow})`;
  return `(!(${has('status.conditions')}) || object.status.conditions.all(c, !(${ofType(types)}) || ${isFine}))`;
}

function someCondition(test: string): Sign {
  return `(${has('status.conditions')} && object.status.conditions.exists(c, ${test} && ${speaksOfNow}))`;
}

function ofType(types: readonly string[]): string {
  const [only] = types;
  return types.length === 1 ? `c.type == "${only}"` : `c.type in [${types.map((type) => `"${type}"`).join(', ')}]`;
}

/** Returns a sign that holds when all do. */
export function allOf(...signs: readonly Sign[]): Sign {
  return signs.length === 1 ? `${signs[0]}` : `(${signs.join(' && ')})`;
}

/** Returns a sign that holds when any does. */
export function anyOf(...signs: readonly Sign[]): Sign {
  return signs.length === 1 ? `${signs[0]}` : `(${signs.join(' || ')})`;
}

/** Returns a sign that holds when another does not. */
export function not(sign: Sign): Sign {
  return `!(${sign})`;
}

/** Tells whether conditions in lists below the status, one list for each parent or ancestor, all hold: `type` is True and `refused` is not False. */
export function everyParentAccepts(list: string): Sign {
  const accepted = `p.conditions.exists(c, c.type == "Accepted" && c.status == "True" && ${speaksOfNow})`;
  const resolved = `!p.conditions.exists(c, c.type == "ResolvedRefs" && c.status == "False")`;
  return `(${hasItems(list)} && object.${list}.all(p, has(p.conditions) && ${accepted} && ${resolved}))`;
}

function double(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}
