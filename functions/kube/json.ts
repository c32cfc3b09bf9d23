/** Any JSON value. Absent object members read as `undefined`; a member set to `undefined` counts as absent. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; what Kubernetes calls an unstructured object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Tells whether a value is a JSON object: neither null nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a value is a JSON list. */
export function isJsonList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}
