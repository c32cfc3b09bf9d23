import { isJsonList, isJsonObject, type Json } from './json.ts';
import type { Checked, Problem } from './problem.ts';

const MANY = 12;

/** Returns the tokens of a JSON Pointer (RFC 6901). Refuses one without its leading slash, with a bad escape, or through `__proto__`. */
export function parseJsonPointer(pointer: string): Checked<readonly string[]> {
  if (pointer === '') return { value: [] };
  if (!pointer.startsWith('/'))
    return refuse(pointer, 'must begin with "/"', `did you mean "/${pointer.replaceAll('.', '/')}"?`);
  if (/~(?![01])/.test(pointer))
    return refuse(pointer, 'has a "~" that is not part of ~0 or ~1', 'write ~0 for "~" and ~1 for "/"');
  const tokens = pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return tokens.includes('__proto__') ? refuse(pointer, 'must not lead through __proto__') : { value: tokens };
}

function refuse(path: string, message: string, hint?: string): Checked<readonly string[]> {
  return { problems: [hint === undefined ? { path, message } : { path, message, hint }] };
}

/** Returns the JSON Pointer of tokens. */
export function formatJsonPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Returns what a container has under a token; `undefined` when it is no container, or has no such member of its own or item. */
export function childOf(container: Json, token: string): Json | undefined {
  if (isJsonObject(container)) return Object.hasOwn(container, token) ? container[token] : undefined;
  return isJsonList(container) ? container[listIndex(token) ?? -1] : undefined;
}

/** Returns the list index that a token writes; `undefined` when it writes none, as `-`, `01` and `1.5` do not. */
export function listIndex(token: string): number | undefined {
  return /^(0|[1-9]\d{0,8})$/.test(token) ? Number(token) : undefined;
}

/** Returns what an existing document has at the tokens, or how far they lead and what is there instead. */
export function readPointer(document: Json, tokens: readonly string[]): Checked<Json> {
  let current = document;
  for (const [depth, token] of tokens.entries()) {
    const next = childOf(current, token);
    if (next === undefined) return { problems: [absent(current, tokens.slice(0, depth), token)] };
    current = next;
  }
  return { value: current };
}

/** Returns the problem of a container without such a member or item; the hint says what it has. */
export function absent(container: Json, tokens: readonly string[], token: string): Problem {
  const path = formatJsonPointer([...tokens, token]);
  if (isJsonObject(container))
    return { path, message: `there is no "${token}"`, hint: `the object has: ${listNames(container)}` };
  if (isJsonList(container)) {
    const message =
      listIndex(token) === undefined ? `"${token}" is not the number of a list item` : `there is no item ${token}`;
    return { path, message, hint: `the list has ${container.length} items, numbered from 0` };
  }
  const parent = tokens.length === 0 ? 'the document' : formatJsonPointer(tokens);
  return {
    path,
    message: `there is no "${token}"`,
    hint: `${parent} is ${JSON.stringify(container)}, not an object or a list`,
  };
}

function listNames(object: { readonly [key: string]: unknown }): string {
  const names = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort();
  if (names.length === 0) return 'nothing';
  const more = names.length - MANY;
  return `${names.slice(0, MANY).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
