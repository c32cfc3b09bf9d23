import { contentHash } from '../kube/content-hash.ts';
import type { KubeObject } from '../kube/object.ts';
import { contentAnnotation } from './readiness.ts';

/** Returns a manifest as it goes to a cluster, with the label app.kubernetes.io/managed-by and the hash of itself as annotation, and that hash. */
export function markedManifest(manifest: KubeObject): { readonly remote: KubeObject; readonly content: string } {
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
  return { remote, content };
}
