import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';

/** Changes what stands at a place; `undefined` removes it. */
export type Edit = (value: Json) => Json | undefined;

/** Returns a value with an edit at every place that a path leads to: keys and `*`, which is each item of a list or member of an object. What is not there stays away. */
export function editAt(value: Json, path: readonly string[], edit: Edit): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return edit(value);
  const within = (each: Json) => editAt(each, rest, edit);
  if (isJsonList(value)) {
    if (key !== '*') return value;
    return value.map(within).filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json | undefined] => [
    name,
    member !== undefined && (key === '*' || key === name) ? within(member) : member,
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** Removes what is there. */
export const drop: Edit = () => undefined;

/** Returns an edit that removes an object of which a member has a value, and leaves other values as they are. */
export function dropWhere(member: string, value: Json): Edit {
  return (item) => (isJsonObject(item) && item[member] === value ? undefined : item);
}

/** Returns an edit that removes a value, and leaves other values as they are. */
export function dropValue(value: Json): Edit {
  return (each) => (each === value ? undefined : each);
}

/** Removes an object without members, and leaves other values as they are. */
export const dropEmpty: Edit = (value) => (isJsonObject(value) && Object.keys(value).length === 0 ? undefined : value);

/** Returns an edit that writes a text where a pattern is found in a string, and leaves other values as they are. */
export function replaceText(pattern: RegExp, text: string): Edit {
  return (value) => (typeof value === 'string' ? value.replaceAll(pattern, text) : value);
}

/** Returns an edit that sorts a list of objects by one of their members, and leaves other values as they are. */
export function sortBy(member: string): Edit {
  const of = (item: Json) => (isJsonObject(item) ? String(item[member]) : '');
  return (value) =>
    isJsonList(value) ? [...value].sort((a, b) => (of(a) < of(b) ? -1 : Number(of(a) > of(b)))) : value;
}

/** Sorts a list of texts, and leaves other values as they are. */
export const sortTexts: Edit = (value) => (isJsonList(value) ? [...value].sort() : value);
