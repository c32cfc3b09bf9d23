import type { Format } from './format.ts';
import { markedManifest } from './marked-manifest.ts';
import { isWorkload, readinessQuery } from './readiness.ts';

/** Format 1: the marked manifest, ready by CEL, watched when it is a workload. */
export const formatOne: Format = (manifest, providerConfig) => {
  const { remote, content } = markedManifest(manifest);
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
