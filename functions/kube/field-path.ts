import { isJsonList, isJsonObject, type Json } from './json.ts';
import type { Checked } from './problem.ts';

/** A field path taken apart: names of members and numbers of list items. */
export type FieldPath = readonly (string | number)[];

/**
 * Returns the segments of a path such as `spec.list[0].name` or `metadata.annotations['example.com/key']`; the quotes
 * may be left out, as in Crossplane's own field paths. Refuses empty segments and brackets that do not match.
 */
export function parseFieldPath(path: string): Checked<FieldPath> {
  const segments: (string | number)[] = [];
  let rest = path;
  while (rest !== '') {
    const name = (segments.length === 0 ? /^[^.[\]]+/ : /^\.([^.[\]]+)/).exec(rest);
    const item = /^\[(?:'([^']+)'|"([^"]+)"|([^'"[\]]+))\]/.exec(rest);
    const match = name ?? item;
    if (match === null) return refuse(path, path.length - rest.length);
    if (name !== null) segments.push(name[1] ?? name[0]);
    else segments.push(item?.[1] ?? item?.[2] ?? toIndex(item?.[3] ?? ''));
    rest = rest.slice(match[0].length);
  }
  return segments.length === 0 ? refuse(path, 0) : { value: segments };
}

function toIndex(text: string): string | number {
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}

function refuse(path: string, position: number): Checked<FieldPath> {
  return {
    problems: [
      {
        path: '',
        message: `"${path}" is not a field path: a member name was expected at character ${position + 1}`,
        hint: `write it as spec.list[0].name or metadata.annotations['example.com/key']`,
      },
    ],
  };
}

/** Returns what an object has at a field path; `undefined` when a part of it is absent or the path is malformed. Inherited properties do not count. */
export function readFieldPath(object: Json, path: string | FieldPath): Json | undefined {
  const parsed = typeof path === 'string' ? parseFieldPath(path) : { value: path };
  if (parsed.problems !== undefined) return undefined;
  let current: Json | undefined = object;
  for (const segment of parsed.value) {
    if (typeof segment === 'number') current = isJsonList(current) ? current[segment] : undefined;
    else current = isJsonObject(current) && Object.hasOwn(current, segment) ? current[segment] : undefined;
  }
  return current;
}

/** Returns the path of a member or list item, in the form that `parseFieldPath` reads. */
export function childPath(path: string, segment: string | number): string {
  if (typeof segment === 'number') return `${path}[${segment}]`;
  if (!/^[A-Za-z_$][-\w$]*$/.test(segment))
    return `${path}[${segment.includes("'") ? `"${segment}"` : `'${segment}'`}]`;
  return path === '' ? segment : `${path}.${segment}`;
}
