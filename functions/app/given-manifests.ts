import type { Manifest } from '../generated/types.ts';
import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import type { AppFacts } from './app-part.ts';

/** A manifest and the field of the App it comes from. */
export type Sourced = { readonly manifest: KubeObject; readonly path: string };

/** Returns the manifests that an App carries as they are, in the member namespace where they name none, and what is wrong with them. */
export function takeGivenManifests(
  given: readonly Manifest[],
  { namespace }: AppFacts,
): { readonly taken: readonly Sourced[]; readonly problems: readonly Problem[] } {
  const taken: Sourced[] = [];
  const problems: Problem[] = [];
  for (const [index, manifest] of given.entries()) {
    const path = `spec.manifests[${index}]`;
    const missing = missingFields(manifest);
    problems.push(...missing.map((field) => ({ path: `${path}.${field}`, message: 'is required' })));
    problems.push(...secretProblems(manifest, path));
    if (missing.length > 0) continue;
    const metadata = { ...(namespace !== undefined && { namespace }), ...manifest.metadata };
    taken.push({ path, manifest: { ...manifest, metadata } });
  }
  return { taken, problems };
}

function missingFields({ apiVersion, kind, metadata }: JsonObject): readonly string[] {
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  return Object.entries({ apiVersion, kind, 'metadata.name': name }).flatMap(([field, value]) =>
    typeof value === 'string' && value !== '' ? [] : [field],
  );
}

/** Data of a Secret would stand in the App, in Revisions and in Objects for everybody to read. */
function secretProblems(manifest: JsonObject, path: string): readonly Problem[] {
  if (manifest['kind'] !== 'Secret' || manifest['apiVersion'] !== 'v1') return [];
  return ['data', 'stringData'].flatMap((field) =>
    manifest[field] === undefined
      ? []
      : [
          {
            path: `${path}.${field}`,
            message: 'must not be set: secrets never pass through the hub',
            hint: 'use an ExternalSecret, or a Secret that exists in the cluster',
          },
        ],
  );
}
