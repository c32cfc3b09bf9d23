import type { Json } from './json.ts';
import type { ScalarRules } from './schema-scalars.ts';

/** An OpenAPI v3 schema as CustomResourceDefinitions allow it: structural, without oneOf, anyOf, allOf and not. */
export type StructuralSchema = Omit<ScalarRules, 'type'> & {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** Kept only where it explains a pattern; becomes the hint of a value that does not match. */
  readonly description?: string;
  readonly nullable?: boolean;
  readonly default?: Json;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: StructuralSchema };
  readonly additionalProperties?: StructuralSchema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: StructuralSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
};

/** Returns the schema of a named member: its own, else that of all members; nothing for an unknown one. */
export function memberSchema(schema: StructuralSchema, name: string): StructuralSchema | undefined {
  const { properties } = schema;
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  return schema.additionalProperties;
}

/** Tells whether the API server drops a null here, as if the field had been left out. */
export function dropsNull({ nullable }: StructuralSchema): boolean {
  return nullable !== true;
}
