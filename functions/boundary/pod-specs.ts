import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';

/** A PodSpec found in a manifest, with where it stands and the annotations of its pods. */
export type FoundPodSpec = { readonly path: string; readonly spec: JsonObject; readonly annotations: JsonObject };

/** Returns every PodSpec anywhere in a manifest: any object with a list of containers counts, with or without images, for custom workloads embed them too. */
export function podSpecsOf(manifest: KubeObject): readonly FoundPodSpec[] {
  const found: FoundPodSpec[] = [];
  walk(manifest, '', {}, found);
  return found;
}

function walk(value: Json | undefined, path: string, parent: JsonObject, found: FoundPodSpec[]): void {
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`, parent, found);
  } else if (isJsonObject(value)) {
    if (listsContainers(value)) found.push({ path, spec: value, annotations: annotationsOf(parent) });
    for (const [key, member] of Object.entries(value)) walk(member, path === '' ? key : `${path}.${key}`, value, found);
  }
}

function listsContainers(value: JsonObject): boolean {
  return containerLists.some((field) => isJsonList(value[field]));
}

function annotationsOf({ metadata }: JsonObject): JsonObject {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  return isJsonObject(annotations) ? annotations : {};
}

/** Fields of a PodSpec that list containers. */
export const containerLists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** Returns all the containers of a PodSpec with their paths. */
export function containersOf(
  spec: JsonObject,
  path: string,
): readonly { readonly path: string; readonly container: JsonObject }[] {
  return containerLists.flatMap((field) => {
    const list = spec[field];
    return (isJsonList(list) ? list : []).flatMap((container, index) =>
      isJsonObject(container) ? [{ path: `${path}.${field}[${index}]`, container }] : [],
    );
  });
}
