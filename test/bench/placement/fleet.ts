import type { Candidate } from '../../../functions/clusters/cluster-facts.ts';
import type { Placement as PlacementSpec } from '../../../functions/generated/types.ts';

const regions = ['eu', 'us', 'asia', 'africa', 'oceania'];
const eu = { namespace: 'platform', name: 'all' };

/** Returns clusters in five regions of six zones each, with prices, sizes and versions that vary in a fixed pattern. */
export function benchFleet(count: number): readonly Candidate[] {
  return Array.from({ length: count }, (_, index): Candidate => {
    const name = `cluster-${String(index).padStart(5, '0')}`;
    const region = regions[index % regions.length] ?? '';
    return {
      facts: {
        name,
        labels: { region, zone: `${region}-${index % 30}`, stage: index % 10 === 0 ? 'test' : 'live' },
        properties: { nodes: String(3 + ((index * 7) % 40)), price: `${100 + ((index * 13) % 90)}m` },
        version: `v1.${33 + (index % 3)}.${index % 9}`,
        set: eu.name,
      },
      clusterSet: eu,
      clusterProfile: { namespace: 'fleet', name },
      providerConfig: { kind: 'ClusterProviderConfig', name },
      isHealthy: index % 50 !== 0,
      taints: index % 20 === 0 ? [{ key: 'gpu', value: 'only', effect: 'NoSchedule' }] : [],
    };
  });
}

/** Five terms and two spread constraints; a tenth of the fleet is wanted, at the most a hundred clusters. */
export function benchPlacement(count: number): PlacementSpec {
  return {
    numberOfClusters: Math.min(100, Math.ceil(count / 10)),
    affinity: {
      required: [
        {
          clusterSelector: { matchLabels: { stage: 'live' } },
          properties: [{ name: 'nodes', operator: 'Gt', values: ['5'] }],
        },
        { clusterSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu', 'us'] }] } },
      ],
      preferred: [
        { weight: 60, sorter: { property: 'price', order: 'Ascending' } },
        { weight: 30, sorter: { property: 'nodes', order: 'Descending' } },
        { weight: 10, term: { clusterSelector: { matchLabels: { region: 'eu' } } } },
      ],
    },
    spread: [
      { topologyKey: 'region', maxSkew: 2 },
      { topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
    ],
  };
}
