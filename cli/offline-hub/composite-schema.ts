import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { asList, asObject } from './lenient-json.ts';
import type { RuledSchema } from './schema-rules.ts';

const object: RuledSchema = { type: 'object' };
const anything: RuledSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** What core adds to the spec of every composite (crossplane-runtime pkg/xcrd/schemas.go). */
const crossplane: RuledSchema = {
  ...anything,
  properties: { compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'], default: 'Automatic' } },
};

const cache = new WeakMap<KubeObject, Map<string, RuledSchema>>();

/** Returns the schema by which the API server checks composites of one version of a definition: the published one with core's fields. */
export function compositeSchema(definition: KubeObject, version: string): RuledSchema {
  const known = cache.get(definition) ?? new Map<string, RuledSchema>();
  cache.set(definition, known);
  const schema = known.get(version) ?? extend(publishedSchema(definition, version));
  known.set(version, schema);
  return schema;
}

function publishedSchema({ spec }: KubeObject, version: string): RuledSchema {
  const versions = asList(asObject(spec)['versions']).map(asObject);
  const served = versions.find(({ name }) => name === version);
  const schema = asObject(served?.['schema'])['openAPIV3Schema'];
  return isJsonObject(schema) ? (schema as JsonObject & RuledSchema) : anything;
}

function extend(published: RuledSchema): RuledSchema {
  const { spec = object, status = object, metadata } = published.properties ?? {};
  return {
    type: 'object',
    ...(published['x-kubernetes-validations'] && { 'x-kubernetes-validations': published['x-kubernetes-validations'] }),
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: {
        ...anything,
        properties: { name: { type: 'string', maxLength: 63, ...metadata?.properties?.['name'] } },
      },
      spec: { ...spec, properties: { ...spec.properties, crossplane } },
      status: {
        ...status,
        properties: {
          ...status.properties,
          conditions: { type: 'array', items: anything },
          crossplane: anything,
          lastHandledReconcileAt: { type: 'string' },
        },
      },
    },
  };
}
