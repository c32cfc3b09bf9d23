import type { Json } from './json.ts';

/** Deepest nesting of a manifest: messages carry 31 levels of JSON, and a Revision and an Object put a manifest a few levels deeper. */
export const maxManifestDepth = 24;

/** Returns how deeply a value is nested: 0 for a scalar, 1 for a flat list or map. */
export function depthOf(value: Json | undefined): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map((member: Json | undefined) => depthOf(member)));
}
