import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import type { Requirement } from './dependency-tracker.ts';
import { asList, asObject } from './lenient-json.ts';
import type { ObjectStore } from './object-store.ts';
import type { PipelineStep } from './pipeline.ts';
import type { NamedSecret } from './step-credentials.ts';

const packageApi = 'apiextensions.crossplane.io/v1';

/** Returns the CompositeResourceDefinition that serves a kind. */
export function definitionOf(store: ObjectStore, apiVersion: string, kind: string): KubeObject | undefined {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return store.index.list({ apiVersion: packageApi, kind: 'CompositeResourceDefinition' }).find((definition) => {
    const spec = asObject(definition.spec);
    const serves = asList(spec['versions']).some((served) => asObject(served)['name'] === version);
    return spec['group'] === groupOf(apiVersion) && asObject(spec['names'])['kind'] === kind && serves;
  });
}

/** Returns the Composition that a composite uses: enforced, chosen, the default, or the first by name that fits its kind. */
export function compositionOf(store: ObjectStore, composite: KubeObject): KubeObject | undefined {
  const definition = asObject(definitionOf(store, composite.apiVersion, composite.kind)?.spec);
  const chosen = asObject(asObject(composite.spec)['crossplane']);
  for (const ref of [
    definition['enforcedCompositionRef'],
    chosen['compositionRef'],
    definition['defaultCompositionRef'],
  ]) {
    const { name } = asObject(ref);
    if (typeof name === 'string') return store.get({ apiVersion: packageApi, kind: 'Composition', name });
  }
  const labels = asObject(asObject(chosen['compositionSelector'])['matchLabels']) as { readonly [key: string]: string };
  return store.index.list({ apiVersion: packageApi, kind: 'Composition', labels }).find((composition) => {
    const type = asObject(asObject(composition.spec)['compositeTypeRef']);
    return type['apiVersion'] === composite.apiVersion && type['kind'] === composite.kind;
  });
}

/** Returns the name of the revision of a Composition as it is: its name and seven hex digits of its content's hash. */
export function revisionName(composition: KubeObject): string {
  const hash = createHash('sha256').update(JSON.stringify(composition.spec)).digest('hex').slice(0, 7);
  return `${composition.metadata.name}-${hash}`;
}

/** Returns the steps of a Composition. */
export function stepsOf(composition: KubeObject): PipelineStep[] {
  return asList(asObject(composition.spec)['pipeline']).map((item) => {
    const { step, functionRef, input, requirements, credentials } = asObject(item);
    const { requiredResources, requiredSchemas } = asObject(requirements);
    return {
      step: String(step),
      function: String(asObject(functionRef)['name']),
      ...(isJsonObject(input) && { input }),
      requirements: asList(requiredResources).map((entry) => toRequirement(String(step), asObject(entry))),
      schemas: asList(requiredSchemas)
        .map(asObject)
        .map(({ requirementName, apiVersion, kind }) => ({
          name: String(requirementName),
          apiVersion: String(apiVersion),
          kind: String(kind),
        })),
      credentials: asList(credentials).map(asObject).flatMap(toCredentials),
    };
  });
}

function toRequirement(step: string, entry: JsonObject): Requirement {
  const { requirementName, apiVersion, kind, namespace, name, matchLabels } = entry;
  return {
    step,
    name: String(requirementName),
    selector: {
      apiVersion: String(apiVersion),
      kind: String(kind),
      ...(typeof namespace === 'string' && { namespace }),
      ...(typeof name === 'string' && { name }),
      ...(isJsonObject(matchLabels) && { labels: matchLabels as { readonly [key: string]: string } }),
    },
  };
}

/** Secrets are the only source that core knows; it passes over others. */
function toCredentials({ name, source, secretRef }: JsonObject): readonly NamedSecret[] {
  if (source !== 'Secret' || !isJsonObject(secretRef)) return [];
  const [namespace, secretName] = [String(secretRef['namespace']), String(secretRef['name'])];
  return [{ name: String(name), secret: { apiVersion: 'v1', kind: 'Secret', namespace, name: secretName } }];
}
