import type { PlatformStatus } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import type { KindReport } from './kind-report.ts';

/** Most Tiers that a status may list, as the schema has it. */
const maxTiers = 256;

/** Reports which Tiers belong to a Platform; what was reported stays until they are supplied. */
export const reportPlatform: KindReport = ({ composite, required }) => {
  const { namespace = '', name } = composite.metadata;
  const before = (isJsonObject(composite.status) ? composite.status : {}) as PlatformStatus;
  const names = required
    .get('tiers')
    ?.filter(({ spec }) => isJsonObject(spec) && spec['platform'] === name)
    .flatMap(({ metadata }) => metadata.name ?? [])
    .sort()
    .slice(0, maxTiers);
  return {
    requirements: { tiers: { apiVersion: crossplyApiVersion, kind: 'Tier', namespace, match: { labels: {} } } },
    status: { tiers: names ?? before.tiers ?? [] },
    conditions: [{ type: 'Valid', status: 'True', reason: 'Valid', message: '' }],
    ready: true,
  };
};
