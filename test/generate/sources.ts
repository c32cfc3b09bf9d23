import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { StructuralSchema } from '../../functions/kube/structural-schema.ts';

/** The root of the repository. */
export const root = join(import.meta.dirname, '../..');

/** A schema as it is written by people: with descriptions, CEL rules and defaults. */
export type WrittenSchema = Omit<StructuralSchema, 'properties' | 'additionalProperties' | 'items'> & {
  readonly properties?: { readonly [name: string]: WrittenSchema };
  readonly additionalProperties?: WrittenSchema;
  readonly items?: WrittenSchema;
  readonly 'x-kubernetes-validations'?: readonly Rule[];
};

/** A CEL rule of a schema. */
export type Rule = { readonly rule: string; readonly message?: string };

/** One published kind: a composite kind from `xrds`, or a step input from `package/function/input`. */
export type Source = {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly definition: Definition;
  readonly kind: string;
  readonly schema: WrittenSchema;
  readonly columns: readonly Column[];
};

/** A column of `kubectl get`. */
export type Column = { readonly name: string; readonly jsonPath: string };

/** The part of a CompositeResourceDefinition or CustomResourceDefinition that is read here. */
export type Definition = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly defaultCompositionRef?: { readonly name: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: WrittenSchema };
      readonly additionalPrinterColumns?: readonly Column[];
    }[];
  };
};

/** Returns the composite kinds, sorted by name. */
export function readComposites(): readonly Source[] {
  return readSources('xrds');
}

/** Returns the step inputs, sorted by name. */
export function readInputs(): readonly Source[] {
  return readSources('package/function/input');
}

function readSources(folder: string): readonly Source[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.yaml'));
  const sources = files.map((file) => readSource(`${folder}/${file}`));
  return sources.sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

function readSource(file: string): Source {
  const definition = parse(readFileSync(join(root, file), 'utf8')) as Definition;
  const [version, ...others] = definition.spec.versions;
  if (version === undefined || others.length > 0) throw new Error(`${file}: must have exactly one version`);
  const { additionalPrinterColumns: columns = [], schema } = version;
  return { file, definition, kind: definition.spec.names.kind, schema: schema.openAPIV3Schema, columns };
}

/** Returns the schema at a path such as `spec.components[]`; throws when there is none. */
export function schemaAt(schema: WrittenSchema, path: string): WrittenSchema {
  let at: WrittenSchema | undefined = schema;
  for (const step of path.split(/\.|(?=\[\])/)) {
    at = step === '[]' ? at?.items : at?.properties?.[step];
  }
  if (at === undefined) throw new Error(`no schema at ${path}`);
  return at;
}
