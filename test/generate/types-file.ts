import { namedTypes } from './named-types.ts';
import { type Source, schemaAt, type WrittenSchema } from './sources.ts';
import { type NameOf, shapeOf, typeText } from './type-text.ts';

/** Returns the text of `functions/generated/types.ts`: the types of all kinds and the types they share, sorted by name. */
export function typesFile(composites: readonly Source[], inputs: readonly Source[], notice: string): string {
  const names = namesByShape(composites);
  const nameOf: NameOf = (schema) => names.get(shapeOf(schema));
  const types = [
    ...namedTypes.map(({ name, kind, path, description }) => ({
      name,
      description,
      schema: sharedSchema(composites, kind, path),
    })),
    ...composites.flatMap(kindTypes),
    ...inputs.map(({ kind, schema }) => ({
      name: `${kind}Input`,
      description: schema.description ?? '',
      schema: inputSchema(kind, schema),
    })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const texts = types.map(({ name, description, schema }) => {
    const named = nameOf(schema);
    const text = named === undefined || named === name ? typeText(schema, nameOf) : named;
    const extra = name.endsWith('Status') && composites.some(({ kind }) => name === `${kind}Status`) ? conditions : '';
    return `/** ${description} */\nexport type ${name} = ${text}${extra};\n`;
  });
  return [
    notice,
    "import type { Json, JsonObject } from '../kube/json.ts';\nimport type { Condition } from '../kube/object.ts';\n",
    ...texts,
  ].join('\n');
}

/** Crossplane adds conditions to the status of every composite kind. */
const conditions = ' & { readonly conditions?: readonly Condition[] }';

function namesByShape(composites: readonly Source[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, kind, path } of namedTypes) {
    const shape = shapeOf(sharedSchema(composites, kind, path));
    const other = names.get(shape);
    if (other !== undefined) throw new Error(`${name} and ${other} have the same shape: give them one name`);
    names.set(shape, name);
  }
  return names;
}

function sharedSchema(composites: readonly Source[], kind: string, path: string): WrittenSchema {
  const source = composites.find((composite) => composite.kind === kind);
  if (source === undefined) throw new Error(`no kind ${kind}`);
  return schemaAt(source.schema, path);
}

/** An input says what it is, and that is how a step finds its function. */
function inputSchema(kind: string, { properties, ...schema }: WrittenSchema): WrittenSchema {
  const { spec = {}, apiVersion = {} } = properties ?? {};
  return { ...schema, required: ['apiVersion', 'kind'], properties: { apiVersion, kind: { enum: [kind] }, spec } };
}

function kindTypes({ kind, schema }: Source) {
  return [
    { name: `${kind}Spec`, description: schemaAt(schema, 'spec').description ?? '', schema: schemaAt(schema, 'spec') },
    {
      name: `${kind}Status`,
      description: schemaAt(schema, 'status').description ?? '',
      schema: schemaAt(schema, 'status'),
    },
  ];
}
