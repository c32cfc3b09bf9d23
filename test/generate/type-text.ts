import type { WrittenSchema } from './sources.ts';

/** Returns the name that stands for a schema, if it has one. */
export type NameOf = (schema: WrittenSchema) => string | undefined;

/** Returns a schema as a TypeScript type with TSDoc, named types by their name; the outermost is always written out. */
export function typeText(schema: WrittenSchema, nameOf: NameOf, indent = ''): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'number | string';
  if (schema.enum !== undefined) return schema.enum.map((value) => `'${value}'`).join(' | ');
  switch (schema.type) {
    case 'array':
      return `readonly ${itemText(schema.items ?? {}, nameOf, indent)}[]`;
    case 'object':
      return objectText(schema, nameOf, indent);
    case 'integer':
      return 'number';
    case undefined:
      return 'Json';
    default:
      return schema.type;
  }
}

/** Returns what the type of a schema looks like without its documentation: equal for schemas that have the same type. */
export function shapeOf(schema: WrittenSchema): string {
  return typeText(withoutDescriptions(schema), () => undefined);
}

function withoutDescriptions({ description, ...schema }: WrittenSchema): WrittenSchema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, child]) => [name, withoutDescriptions(child)]),
      ),
    }),
    ...(items && { items: withoutDescriptions(items) }),
    ...(additionalProperties && { additionalProperties: withoutDescriptions(additionalProperties) }),
  };
}

function referTo(schema: WrittenSchema, nameOf: NameOf, indent: string): string {
  return nameOf(schema) ?? typeText(schema, nameOf, indent);
}

function itemText(schema: WrittenSchema, nameOf: NameOf, indent: string): string {
  const text = referTo(schema, nameOf, indent);
  return text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text;
}

function objectText(schema: WrittenSchema, nameOf: NameOf, indent: string): string {
  const { properties = {}, additionalProperties } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const inner = `${indent}  `;
  const lines = Object.entries(properties).flatMap(([name, property]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    const type = referTo(property, nameOf, inner);
    return [...doc(property, inner), `${inner}readonly ${name}${optional}: ${type};`];
  });
  if (additionalProperties !== undefined)
    return `{ readonly [key: string]: ${referTo(additionalProperties, nameOf, indent)} }`;
  if (lines.length === 0) return open ? 'JsonObject' : 'Record<string, never>';
  if (open) lines.push(`${inner}readonly [key: string]: Json | undefined;`);
  return ['{', ...lines, `${indent}}`].join('\n');
}

function doc({ description, default: fallback }: WrittenSchema, indent: string): readonly string[] {
  if (description === undefined) return [];
  const note = fallback === undefined ? '' : ` @defaultValue \`${JSON.stringify(fallback)}\``;
  return [`${indent}/** ${description.replaceAll('*/', '*\\/')}${note} */`];
}
