import { isJsonList, isJsonObject, type Json } from './json.ts';
import { absent, childOf, listIndex } from './json-pointer.ts';
import type { Checked } from './problem.ts';

/** Returns what a container becomes when the place that a token names is edited; `undefined` when it has no such place. */
type Edit = (container: Json, token: string) => Json | undefined;

/** Returns the document with a value added where the tokens lead: a member set, or an item inserted (`-` means at the end). */
export function addAt(document: Json, tokens: readonly string[], value: Json): Checked<Json> {
  return editAt(document, tokens, (container, token) => {
    if (isJsonObject(container)) return { ...container, [token]: value };
    if (!isJsonList(container)) return undefined;
    const index = token === '-' ? container.length : listIndex(token);
    return index === undefined || index > container.length ? undefined : container.toSpliced(index, 0, value);
  });
}

/** Returns the document with what is where the tokens lead replaced by a value. Refuses a place where nothing is. */
export function replaceAt(document: Json, tokens: readonly string[], value: Json): Checked<Json> {
  return editAt(document, tokens, (container, token) =>
    childOf(container, token) === undefined ? undefined : withChild(container, token, value),
  );
}

/** Returns the document without what is where the tokens lead. Refuses a place where nothing is. */
export function removeAt(document: Json, tokens: readonly string[]): Checked<Json> {
  return editAt(document, tokens, (container, token) => {
    if (childOf(container, token) === undefined) return undefined;
    if (isJsonList(container)) return container.toSpliced(Number(token), 1);
    return isJsonObject(container)
      ? Object.fromEntries(Object.entries(container).filter(([name]) => name !== token))
      : undefined;
  });
}

function editAt(document: Json, tokens: readonly string[], edit: Edit, depth = 0): Checked<Json> {
  const token = tokens[depth] ?? '';
  const child = depth < tokens.length - 1 ? childOf(document, token) : undefined;
  if (child !== undefined) {
    const edited = editAt(child, tokens, edit, depth + 1);
    return edited.problems === undefined ? { value: withChild(document, token, edited.value) } : edited;
  }
  const edited = depth === tokens.length - 1 ? edit(document, token) : undefined;
  return edited === undefined ? { problems: [absent(document, tokens.slice(0, depth), token)] } : { value: edited };
}

function withChild(container: Json, token: string, value: Json): Json {
  if (isJsonList(container)) return container.with(Number(token), value);
  return isJsonObject(container) ? { ...container, [token]: value } : container;
}
