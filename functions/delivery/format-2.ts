import { ownRules } from '../health/health-rules.ts';
import { healthySign } from '../health/healthy-sign.ts';
import { hasOwnHealth } from '../health/judge-health.ts';
import type { Format } from './format.ts';
import { markedManifest } from './marked-manifest.ts';
import { hasContent } from './readiness.ts';

/** Format 2: the marked manifest, ready by the health rule of its kind, watched when it can be unwell. */
export const formatTwo: Format = (manifest, providerConfig, rules = ownRules) => {
  const { remote, content } = markedManifest(manifest);
  const rule = rules.ruleOf(manifest);
  return {
    content,
    spec: {
      forProvider: { manifest: remote },
      providerConfigRef: { kind: providerConfig.kind, name: providerConfig.name },
      readiness: { policy: 'DeriveFromCelQuery', celQuery: `${hasContent(content)} && ${healthySign(rule)}` },
      ...(hasOwnHealth(manifest, rule) && { watch: true }),
    },
  };
};
