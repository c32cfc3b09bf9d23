import { isJsonObject, type JsonObject } from '../../../functions/kube/json.ts';
import type { ResourcePath } from './resource-path.ts';
import { clusterLabel, namespaceMistake, realName } from './virtual-names.ts';

/** Returns a request's body as the member gets it: real namespace or name, and the cluster's label on whole resources; bodies without metadata, like DeleteOptions, stay as they are. */
export function realObject(cluster: string, path: ResourcePath, body: JsonObject): JsonObject {
  const { metadata } = body;
  if (!isJsonObject(metadata)) return body;
  const { name, namespace, labels } = metadata;
  const realMetadata = {
    ...metadata,
    ...(typeof namespace === 'string' && namespace !== '' && { namespace: realName(cluster, namespace) }),
    ...(path.namespace === undefined && typeof name === 'string' && { name: realName(cluster, name) }),
    ...(path.subresource === '' && { labels: { ...(isJsonObject(labels) && labels), [clusterLabel]: cluster } }),
  };
  return { ...body, metadata: realMetadata };
}

/** Returns why a request cannot be kept inside its virtual cluster, if it cannot. */
export function requestMistake(cluster: string, path: ResourcePath, body: JsonObject | undefined): string | undefined {
  const metadata = isJsonObject(body?.['metadata']) ? body['metadata'] : {};
  const { name, generateName } = metadata;
  if (path.namespace !== undefined) return namespaceMistake(cluster, path.namespace);
  if (path.resource === 'namespaces') {
    const mistake = namespaceMistake(cluster, path.name ?? (typeof name === 'string' ? name : ''));
    if (mistake !== undefined) return mistake;
  }
  return path.name === undefined && name === undefined && typeof generateName === 'string'
    ? `metadata.generateName: must not be set for ${path.resource} in virtual cluster ${cluster} (got "${generateName}"), because the generated name would not tell its cluster; set metadata.name`
    : undefined;
}
