import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import { asList, asObject } from '../offline-hub/lenient-json.ts';

const prefix = '#/components/schemas/';

/**
 * Returns a schema of an OpenAPI document with every reference replaced by what it refers to, one that leads back to itself by an
 * object of any kind, as core gives schemas to functions (PopulateRefs of k8s.io/apiserver). Throws on a reference to nothing.
 */
export function flattenSchema(schemas: JsonObject, name: string): JsonObject {
  return flatten(schemas, asObject(schemas[name]), new Set([name]));
}

function flatten(schemas: JsonObject, schema: JsonObject, above: ReadonlySet<string>): JsonObject {
  const name = referenceOf(schema);
  if (name === undefined) return flattenMembers(schemas, schema, above);
  if (above.has(name)) return { type: 'object' };
  const referred = schemas[name];
  if (!isJsonObject(referred)) throw new Error(`there is no schema ${name} in the document that refers to it`);
  return flattenMembers(schemas, referred, new Set([...above, name]));
}

function flattenMembers(schemas: JsonObject, schema: JsonObject, above: ReadonlySet<string>): JsonObject {
  const within = (value: Json | undefined) => (isJsonObject(value) ? flatten(schemas, value, above) : value);
  const { properties, additionalProperties, items } = schema;
  return {
    ...schema,
    ...(isJsonObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, within(value)])),
    }),
    ...(additionalProperties !== undefined && { additionalProperties: within(additionalProperties) }),
    ...(items !== undefined && !isJsonList(items) && { items: within(items) }),
  };
}

/** A reference may be wrapped in allOf, so that it can have a description. */
function referenceOf(schema: JsonObject): string | undefined {
  const { $ref } = schema;
  if (typeof $ref === 'string') return $ref.replace(prefix, '');
  for (const part of asList(schema['allOf'])) {
    const found = referenceOf(asObject(part));
    if (found !== undefined) return found;
  }
  return undefined;
}
