import { type Source, schemaAt, type WrittenSchema } from './sources.ts';

/** Returns the text of `functions/generated/schemas.ts`: the schemas of every `spec`, by kind, without documentation and CEL rules. */
export function schemasFile(composites: readonly Source[], inputs: readonly Source[], notice: string): string {
  return [
    notice,
    "import type { StructuralSchema } from '../kube/structural-schema.ts';\n",
    constant('compositeSchemas', 'Schemas of the `spec` of the composite kinds, by kind.', composites),
    constant('inputSchemas', 'Schemas of the `spec` of the step inputs, by kind.', inputs),
  ].join('\n');
}

function constant(name: string, description: string, sources: readonly Source[]): string {
  const schemas = Object.fromEntries(
    sources.map(({ kind, schema }) => [kind, runtimeSchema(schemaAt(schema, 'spec'))]),
  );
  return `/** ${description} */\nexport const ${name}: { readonly [kind: string]: StructuralSchema } = ${literal(schemas)};\n`;
}

/** Returns a schema without what only people and the API server need. A description stays where it explains a pattern. */
export function runtimeSchema(schema: WrittenSchema): WrittenSchema {
  const { description, 'x-kubernetes-validations': _rules, properties, items, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(description !== undefined && schema.pattern !== undefined && { description }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, runtimeSchema(child)])),
    }),
    ...(items && { items: runtimeSchema(items) }),
    ...(additionalProperties && { additionalProperties: runtimeSchema(additionalProperties) }),
  };
}

/** JSON, with what fits into a line on one line. */
function literal(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= 110) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${inner}${JSON.stringify(name)}: ${literal(member, inner)},\n`,
  );
  return `{\n${members.join('')}${indent}}`;
}
