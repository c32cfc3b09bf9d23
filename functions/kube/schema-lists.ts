import { isJsonObject, type Json } from './json.ts';
import { excerpt } from './schema-excerpt.ts';
import type { Flaw } from './schema-scalars.ts';
import type { StructuralSchema } from './schema-type.ts';

/** An item that repeats an earlier one. */
export type Duplicate = Flaw & { readonly index: number };

/** Returns the items that repeat an earlier one, as x-kubernetes-list-type defines it: the whole item of a set, the keys of a map. */
export function findDuplicates(schema: StructuralSchema, items: readonly Json[]): readonly Duplicate[] {
  const identity = identityOf(schema);
  if (identity === undefined) return [];
  const first = new Map<string, number>();
  const duplicates: Duplicate[] = [];
  items.forEach((item, index) => {
    const key = identity(item);
    if (key === undefined) return;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else duplicates.push({ index, ...duplicate(schema, item, earlier) });
  });
  return duplicates;
}

type Identity = (item: Json) => string | undefined;

function identityOf(schema: StructuralSchema): Identity | undefined {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return (item) => JSON.stringify(item);
    case 'map':
      return (item) => (isJsonObject(item) ? JSON.stringify(keyValues(schema, item, keys)) : undefined);
    default:
      return undefined;
  }
}

function keyValues(schema: StructuralSchema, item: Json, keys: readonly string[]): readonly Json[] {
  return keys.map(
    (key) => (isJsonObject(item) ? item[key] : undefined) ?? schema.items?.properties?.[key]?.default ?? null,
  );
}

function duplicate(schema: StructuralSchema, item: Json, earlier: number): Flaw {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (schema['x-kubernetes-list-type'] === 'set') {
    return { message: `repeats item ${earlier} of the list (got ${excerpt(item)})`, hint: 'remove one of the two' };
  }
  const values = keyValues(schema, item, keys).map(excerpt);
  return {
    message: `has the same ${keys.join(' and ')} as item ${earlier} of the list (got ${values.join(', ')})`,
    hint: `every item needs a ${keys.join(' and ')} of its own`,
  };
}
