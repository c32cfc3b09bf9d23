import { isJsonObject } from '../kube/json.ts';
import type { CompositionFunction, ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';

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
    const found = required.get('tiers') ?? [];
    const names = found
      .filter(({ spec }) => isJsonObject(spec) && spec['platform'] === name)
      .flatMap(({ metadata }) => metadata.name ?? [])
      .sort();
    return {
      requirements: { tiers },
      status: { tiers: names },
      conditions: [{ type: 'Valid', status: 'True', reason: 'Valid', message: '' }],
      ready: true,
    };
  },
};
