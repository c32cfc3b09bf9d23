import { isJsonList, isJsonObject, type JsonObject } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { isAllowed } from './image-reference.ts';
import { containersOf } from './pod-specs.ts';

/** Returns a problem for every image of a PodSpec, image volumes included, that no entry of the allowed registries covers; no list allows all. */
export function checkImages(
  spec: JsonObject,
  path: string,
  allowed: readonly string[] | undefined,
): readonly Problem[] {
  if (allowed === undefined || allowed.length === 0) return [];
  const images = [
    ...containersOf(spec, path).map(({ path: at, container }) => ({ at: `${at}.image`, image: container['image'] })),
    ...imageVolumes(spec, path),
  ];
  return images.flatMap(({ at, image }) =>
    typeof image === 'string' && !isAllowed(image, allowed)
      ? [
          {
            path: at,
            message: `must come from ${allowed.join(', ')} (got "${image}")`,
            hint: "the Tier's allowedRegistries decide",
          },
        ]
      : [],
  );
}

function imageVolumes(spec: JsonObject, path: string) {
  const volumes = isJsonList(spec['volumes']) ? spec['volumes'] : [];
  return volumes.flatMap((volume, index) => {
    const image = isJsonObject(volume) && isJsonObject(volume['image']) ? volume['image']['reference'] : undefined;
    return image === undefined ? [] : [{ at: `${path}.volumes[${index}].image.reference`, image }];
  });
}
