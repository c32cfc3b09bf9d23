import { asList, asObject } from '../../cli/offline-hub/lenient-json.ts';
import type { RuledSchema } from '../../cli/offline-hub/schema-rules.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/**
 * Returns a definition whose schema fills in defaults but refuses nothing, like an API server that lags behind the
 * functions: what is wrong gets through to them.
 */
export function looseDefinition(definition: KubeObject): KubeObject {
  const spec = asObject(definition.spec);
  const versions = asList(spec['versions'])
    .map(asObject)
    .map((version) => {
      const published = asObject(version['schema'])['openAPIV3Schema'] as RuledSchema;
      return { ...version, schema: { openAPIV3Schema: loose(published) as JsonObject } };
    });
  return { ...definition, spec: { ...spec, versions } };
}

function loose({ default: preset, properties, items, additionalProperties }: RuledSchema): RuledSchema {
  return {
    'x-kubernetes-preserve-unknown-fields': true,
    ...(preset !== undefined && { default: preset }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, loose(schema)])),
    }),
    ...(items !== undefined && { items: loose(items) }),
    ...(additionalProperties !== undefined && { additionalProperties: loose(additionalProperties) }),
  };
}
