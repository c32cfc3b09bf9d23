import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';
import { memberSchema, type StructuralSchema } from '../../functions/kube/schema-type.ts';

/** Words of CEL that cannot be written as a field; Kubernetes writes them between double underscores. */
const reserved: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** Returns a value as the CEL rules of a CustomResourceDefinition see it: integers are int, field names are escaped. */
export function toCelValue(schema: StructuralSchema | undefined, value: Json): unknown {
  if (typeof value === 'number')
    return schema?.type === 'number' || !Number.isSafeInteger(value) ? value : BigInt(value);
  if (isJsonList(value)) return value.map((item) => toCelValue(schema?.items, item));
  if (!isJsonObject(value)) return value;
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const isField = schema?.properties !== undefined && Object.hasOwn(schema.properties, name);
    const known = schema === undefined ? undefined : memberSchema(schema, name);
    members.push([isField ? escapeField(name) : name, toCelValue(known, member)]);
  }
  return Object.fromEntries(members);
}

function escapeField(name: string): string {
  if (reserved.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
