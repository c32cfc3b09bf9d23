import type { Member } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

const group = 'crossply.dev/v1alpha1';
const clustersPerSet = 250;

/** One component that renders six manifests: Deployment, Service, autoscaler, budget, config and Ingress. */
export const app: KubeObject = {
  apiVersion: group,
  kind: 'App',
  metadata: { name: 'shop', namespace: 'team', uid: 'app', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: {
    computeNamespace: 'shop',
    components: [
      {
        name: 'web',
        kind: 'Deployment',
        image: 'registry.example.com/web:1.0.0',
        ports: [{ name: 'http', containerPort: 8080 }],
        env: [
          { name: 'CLUSTER', value: '${cluster.name}' },
          { name: 'REGION', value: '${cluster.labels["region"]}' },
        ],
        resources: { requests: { cpu: '100m', memory: '128Mi' } },
        readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
        service: {},
        ingress: { host: 'shop.${cluster.labels["region"]}.example.com' },
        autoscaling: { minReplicas: 2, maxReplicas: 10, targetCPUUtilizationPercentage: 70 },
        disruption: { maxUnavailable: 1 },
        configFiles: [{ mountPath: '/etc/web', files: { 'web.yaml': 'log: info\n' } }],
      },
    ],
  },
};

/** Returns the objects that placement of the App requires, for a number of clusters, under the names it requires them by. */
export function inventory(clusters: number): ReadonlyMap<string, readonly KubeObject[]> {
  const members = Array.from({ length: clusters }, (_, index) =>
    member(`cluster-${String(index).padStart(4, '0')}`, index),
  );
  const sets = Array.from({ length: Math.ceil(clusters / clustersPerSet) }, (_, index) => clusterSet(index, members));
  const computeNamespace: KubeObject = {
    apiVersion: group,
    kind: 'ComputeNamespace',
    metadata: { name: 'shop', namespace: 'team' },
    spec: {},
    status: {
      namespace: 'team-shop',
      tier: { namespace: 'platform', name: 'prod', platform: 'web' },
      policy: { podSecurity: 'Baseline', deletionPolicy: 'Protect' },
      clusterSets: sets.map(({ metadata }) => ({ namespace: 'platform', name: metadata.name ?? '' })),
      readyClusters: members.map(({ name }) => name),
    },
  };
  return new Map([
    ['compute-namespace', [computeNamespace]],
    ...sets.map((set): [string, readonly KubeObject[]] => [`cluster-set/platform/${set.metadata.name}`, [set]]),
  ]);
}

function member(name: string, index: number): Member {
  return {
    name,
    clusterProfile: { namespace: 'fleet', name },
    providerConfig: { kind: 'ClusterProviderConfig', name },
    labels: { region: `region-${index % 7}`, size: index % 3 === 0 ? 'large' : 'small' },
    properties: { 'cost.example.com': String(index % 100), 'provider.example.com': 'cloud' },
    version: 'v1.35.1',
    healthy: true,
  };
}

function clusterSet(index: number, members: readonly Member[]): KubeObject {
  const own = members.slice(index * clustersPerSet, (index + 1) * clustersPerSet);
  return {
    apiVersion: group,
    kind: 'ClusterSet',
    metadata: { name: `set-${index}`, namespace: 'platform' },
    spec: { tier: 'prod' },
    status: { members: own, counts: { members: own.length, healthy: own.length } },
  };
}
