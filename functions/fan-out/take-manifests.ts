import { depthOf, maxManifestDepth } from '../kube/depth.ts';
import { identityOf } from '../kube/identity.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import type { Templates } from '../revision/apply-overrides.ts';
import type { DesiredResource } from '../runtime/composition-function.ts';

/** The annotation by which a desired resource stays on the hub instead of being fanned out. */
export const targetAnnotation = 'crossply.dev/target';

/** What earlier steps left, sorted into what goes to the clusters and what stays on the hub. */
export type Taken = {
  readonly templates: Templates;
  readonly hub: ReadonlyMap<string, DesiredResource>;
  readonly problems: readonly Problem[];
};

/**
 * Takes every desired resource that is not annotated `crossply.dev/target: hub`, whatever function made it, puts manifests
 * without a namespace into the given one, and refuses two that are the same object.
 */
export function takeManifests(desired: ReadonlyMap<string, DesiredResource>, namespace: string | undefined): Taken {
  const templates: { [key: string]: KubeObject } = {};
  const hub = new Map<string, DesiredResource>();
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const key of [...desired.keys()].sort()) {
    const entry = desired.get(key);
    if (entry === undefined) continue;
    const { resource } = entry;
    if (resource.metadata.annotations?.[targetAnnotation] === 'hub') {
      hub.set(key, entry);
      continue;
    }
    const manifest = inNamespace(withoutStatus(resource), namespace);
    const identity = identityOf(manifest);
    const twin = seen.get(identity);
    if (manifest.metadata.name === undefined) {
      problems.push({
        path: `desired["${key}"].metadata.name`,
        message: 'is required: objects in clusters need a fixed name',
      });
    } else if (depthOf(manifest) > maxManifestDepth) {
      const message = `is nested deeper than ${maxManifestDepth} levels, more than Crossplane can carry`;
      problems.push({ path: `desired["${key}"]`, message });
    } else if (twin !== undefined) {
      problems.push({ path: `desired["${key}"]`, message: `is the same object as desired["${twin}"] (${identity})` });
    } else {
      seen.set(identity, key);
      templates[key] = manifest;
    }
  }
  return { templates, hub, problems };
}

function withoutStatus({ status: _, ...manifest }: KubeObject): KubeObject {
  return manifest;
}

function inNamespace(manifest: KubeObject, namespace: string | undefined): KubeObject {
  if (namespace === undefined || manifest.metadata.namespace !== undefined || !isJsonObject(manifest.metadata))
    return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, namespace } };
}
