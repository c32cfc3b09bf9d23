import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './json.ts';

/** Returns the first `length` hex digits of the SHA-256 of a value's canonical text: equal for equal content, whatever the order of members. */
export function contentHash(value: Json, length = 10): string {
  return hash('sha256', canonicalJson(value)).slice(0, length);
}
