import type { PlatformStatus } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { CompositionFunction, ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';

/** Most Tiers that a status may list, as the schema has it. */
const maxTiers = 256;

/** Reports which Tiers belong to a Platform; a Platform that gets here is valid, for its schema was checked before. */
export const report: CompositionFunction = {
  kind: 'Report',
  run({ observed: { composite }, required }) {
    const { namespace = '', name } = composite.metadata;
    const tiers: ResourceSelector = {
      apiVersion: crossplyApiVersion,
      kind: 'Tier',
      namespace,
      match: { labels: {} },
    };
    const before = (isJsonObject(composite.status) ? composite.status : {}) as PlatformStatus;
    const names = required
      .get('tiers')
      ?.filter(({ spec }) => isJsonObject(spec) && spec['platform'] === name)
      .flatMap(({ metadata }) => metadata.name ?? [])
      .sort()
      .slice(0, maxTiers);
    return {
      requirements: { tiers },
      status: { tiers: names ?? before.tiers ?? [] },
      conditions: [{ type: 'Valid', status: 'True', reason: 'Valid', message: '' }],
      ready: true,
    };
  },
};
