import { contentHash } from '../kube/content-hash.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Format } from './format.ts';
import { contentAnnotation, isWorkload, readinessQuery } from './readiness.ts';

/**
 * Format 1: the manifest with the label app.kubernetes.io/managed-by and the hash of itself as annotation, ready by CEL,
 * watched when it is a workload.
 */
export const formatOne: Format = (manifest, providerConfig) => {
  const content = contentHash(manifest, 16);
  const { labels = {}, annotations = {}, ...metadata } = manifest.metadata;
  const remote: KubeObject = {
    ...manifest,
    metadata: {
      ...metadata,
      labels: { ...labels, 'app.kubernetes.io/managed-by': labels['app.kubernetes.io/managed-by'] ?? 'crossply' },
      annotations: { ...annotations, [contentAnnotation]: content },
    },
  };
  return {
    content,
    spec: {
      forProvider: { manifest: remote },
      providerConfigRef: { kind: providerConfig.kind, name: providerConfig.name },
      readiness: { policy: 'DeriveFromCelQuery', celQuery: readinessQuery(manifest, content) },
      ...(isWorkload(manifest) && { watch: true }),
    },
  };
};
