import { isJsonList, isJsonObject, type Json } from './json.ts';
import { dropsNull, memberSchema, type StructuralSchema } from './schema-type.ts';

/**
 * Returns the value as the API server would store it: defaults filled in wherever a field is missing, nulls dropped
 * where null is not allowed. Unchanged parts are shared with the given value.
 */
export function applyDefaults(schema: StructuralSchema, value: Json): Json {
  if (isJsonList(value)) return schema.items === undefined ? value : defaultItems(schema.items, value);
  if (!isJsonObject(value)) return value;
  const members: [string, Json][] = [];
  let changed = false;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const known = memberSchema(schema, name);
    const defaulted = known === undefined ? member : defaultOne(known, member);
    if (defaulted !== undefined) members.push([name, defaulted]);
    if (defaulted !== member) changed = true;
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.default === undefined || (Object.hasOwn(value, name) && value[name] !== undefined)) continue;
    members.push([name, applyDefaults(property, property.default)]);
    changed = true;
  }
  return changed ? Object.fromEntries(members) : value;
}

function defaultOne(schema: StructuralSchema, value: Json): Json | undefined {
  if (value !== null || !dropsNull(schema)) return applyDefaults(schema, value);
  return schema.default === undefined ? undefined : applyDefaults(schema, schema.default);
}

function defaultItems(schema: StructuralSchema, items: readonly Json[]): readonly Json[] {
  // An item is never dropped for being null: that would move the items behind it.
  const defaulted = items.map((item) => defaultOne(schema, item) ?? null);
  return defaulted.some((item, index) => item !== items[index]) ? defaulted : items;
}
