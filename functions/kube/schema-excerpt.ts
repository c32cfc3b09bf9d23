import { isJsonList, isJsonObject } from './json.ts';

const longest = 60;

/** Returns a value as it is shown in a message: JSON of at most 60 characters; objects and long lists only by their size. */
export function excerpt(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (isJsonList(value) && value.some((item) => typeof item === 'object' && item !== null)) {
    return value.length === 1 ? 'a list of 1 item' : `a list of ${value.length} items`;
  }
  if (isJsonObject(value)) return excerptOfObject(Object.keys(value));
  // A long text is cut before it is quoted: quoting a megabyte to show 60 characters of it would be slow.
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, longest + 1)) : JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function excerptOfObject(keys: readonly string[]): string {
  if (keys.length === 0) return '{}';
  const shown = keys.slice(0, 3).map((key) => (key.length <= 20 ? key : `${key.slice(0, 19)}…`));
  return `{${shown.join(', ')}${keys.length > shown.length ? ', …' : ''}}`;
}
