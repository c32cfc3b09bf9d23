import { canonicalJson } from './canonical-json.ts';
import type { Json } from './json.ts';
import { addAt, removeAt, replaceAt } from './json-edit.ts';
import { formatJsonPointer, parseJsonPointer, readPointer } from './json-pointer.ts';
import type { Checked } from './problem.ts';

/** One operation of a JSON Patch (RFC 6902). */
export interface JsonPatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string | undefined;
  readonly value?: Json | undefined;
}

/** Longest JSON that a message shows. */
const MAX_SHOWN = 120;

/**
 * Returns the document with all operations applied in order (RFC 6902), or the problem of the first that fails: its path is
 * the pointer, its hint what the document has there. The document given is left as it is, and what is not touched is shared.
 */
export function applyJsonPatch(document: Json, operations: readonly JsonPatchOperation[]): Checked<Json> {
  let current = document;
  for (const operation of operations) {
    const result = applyOperation(current, operation);
    if (result.problems !== undefined) return result;
    current = result.value;
  }
  return { value: current };
}

function applyOperation(document: Json, operation: JsonPatchOperation): Checked<Json> {
  const { op, path } = operation;
  const target = parseJsonPointer(path);
  if (target.problems !== undefined) return target;
  switch (op) {
    case 'add':
    case 'replace':
    case 'test':
      return operation.value === undefined
        ? refuse(path, `${op} needs a value`)
        : applyValue(document, op, target.value, operation.value);
    case 'copy':
    case 'move':
      return operation.from === undefined
        ? refuse(path, `${op} needs a from`)
        : applyFrom(document, op, operation.from, target.value);
    case 'remove':
      return target.value.length === 0
        ? refuse(path, 'the whole document cannot be removed')
        : removeAt(document, target.value);
    default:
      return refuse(path, `"${op}" is not an operation`, 'use add, remove, replace, test, move or copy');
  }
}

function applyValue(
  document: Json,
  op: 'add' | 'replace' | 'test',
  tokens: readonly string[],
  value: Json,
): Checked<Json> {
  if (op === 'test') return test(document, tokens, value);
  if (tokens.length === 0) return { value };
  return op === 'add' ? addAt(document, tokens, value) : replaceAt(document, tokens, value);
}

function test(document: Json, tokens: readonly string[], expected: Json): Checked<Json> {
  const found = readPointer(document, tokens);
  if (found.problems !== undefined) return found;
  if (canonicalJson(found.value) === canonicalJson(expected)) return { value: document };
  return refuse(
    formatJsonPointer(tokens),
    `the test failed: expected ${shown(expected)}`,
    `the document has ${shown(found.value)}`,
  );
}

function applyFrom(document: Json, op: 'copy' | 'move', from: string, tokens: readonly string[]): Checked<Json> {
  const source = parseJsonPointer(from);
  if (source.problems !== undefined) return source;
  const found = readPointer(document, source.value);
  if (found.problems !== undefined) return found;
  if (op === 'copy') return applyValue(document, 'add', tokens, found.value);
  if (source.value.every((token, depth) => token === tokens[depth])) {
    if (source.value.length === tokens.length) return { value: document };
    return refuse(formatJsonPointer(tokens), 'a value cannot be moved into itself');
  }
  const removed = removeAt(document, source.value);
  return removed.problems === undefined ? applyValue(removed.value, 'add', tokens, found.value) : removed;
}

function shown(value: Json): string {
  const text = canonicalJson(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function refuse(path: string, message: string, hint?: string): Checked<Json> {
  return { problems: [hint === undefined ? { path, message } : { path, message, hint }] };
}
