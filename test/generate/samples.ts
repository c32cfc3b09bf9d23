import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

const object = (kind: string, name: string, spec: Json, status: Json): KubeObject => ({
  apiVersion: 'crossply.dev/v1alpha1',
  kind,
  metadata: { name },
  spec,
  status,
});

const selector = {
  matchLabels: { region: 'eu' },
  matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }],
};

/** Every place has a copy of its own, for a change is to spoil one place alone. */
const rollout = () =>
  structuredClone({
    waves: [
      {
        ...{ name: 'canary', clusterSelector: selector, soak: '1h30m', deadline: '90s', maxFailures: '10%' },
        ...{ approval: { quorum: 2 }, orderBy: 'example.com/order', maxConcurrent: 1 },
        window: { schedule: '0 22 * * 1-5', duration: '4h', timeZone: 'Europe/Berlin' },
      },
      { name: 'half', percent: 50 },
    ],
    ...{ maxConcurrent: 2, maxRemovals: '10%', maxJoining: 1, unreachable: 'Wait', onFailure: 'Rollback' },
  });
const floor = {
  waves: [{ name: 'canary', count: 1, soak: '10m', approval: {} }],
  ...{ approval: { quorum: 1 }, soak: '5m', maxConcurrent: '50%', maxFailures: 1, maxRemovals: 0 },
  windows: [{ schedule: '0 6 * * *', duration: '12h' }],
};
const freeze = { reason: 'Black Friday', until: '2026-11-30T00:00:00Z' };
const past = { number: 6, revision: '5e4d3c2b1a', by: 'alice', startedAt: '2026-01-01T00:00:00Z' };
const rejected = { revision: '5e4d3c2b1a', attempt: 1, at: '2026-01-01T01:00:00Z', reason: 'it failed' };
const rolloutProgress = {
  ...{ number: 7, direction: 'Forward', by: 'bob', startedAt: '2026-01-02T00:00:00Z', stable: '1a2b3c4d5e' },
  ...{ message: 'soaks', nextDecisionAt: '2026-01-02T01:00:00Z', brakes: ['paused'] },
  waves: [
    {
      ...{ name: 'canary', state: 'Soaking', clusters: 1, updated: 1, healthy: 1, failed: 0 },
      approvals: { given: 1, wanted: 2, changed: 'eu1-a came to it', clusters: ['eu1-a'] },
      ...{ openedAt: '2026-01-02T00:00:00Z', approvedBy: ['carol'], message: 'soaks' },
    },
  ],
  hold: { revision: '1a2b3c4d5e', since: past.startedAt, by: 'bob' },
  rejected: [rejected],
  history: [{ ...past, endedAt: '2026-01-01T01:00:00Z', outcome: 'RolledBack', message: 'it failed' }],
};
const record = {
  ...{ number: 7, sequence: 12, revision: 'shop-1a2b3c4d5e', direction: 'Forward', startedAt: past.startedAt },
  waves: [{ name: 'canary', openedAt: past.startedAt, passed: true, approvedBy: ['carol'], clusters: ['eu1-a'] }],
  asks: [
    { wave: 'rest', at: past.startedAt, quorum: 1, terms: '1a2b3c4d5e', clusters: ['eu1-b'], changed: 'eu1-b came' },
  ],
  hold: { revision: 'shop-1a2b3c4d5e', since: past.startedAt, attempt: 1, by: 'bob' },
  ...{ rejected: [rejected], history: rolloutProgress.history, usedApprovals: ['5e4d3c2b-1a00'] },
};

const rolloutStatus = {
  phase: 'Progressing',
  rollout: rolloutProgress,
  revision: '1a2b3c4d5e',
  clusters: { desired: 2, assigned: 2, updated: 1, healthy: 1, leaving: 0 },
  assignments: [
    { cluster: 'eu1-b', clusterSet: 'eu', phase: 'Waiting', message: 'waits for eu1-a' },
    { cluster: 'eu1-a', clusterSet: 'eu', revision: '1a2b3c4d5e', phase: 'Healthy' },
  ],
  placement: {
    candidates: 3,
    selected: 2,
    verdicts: [{ cluster: 'us1', verdict: 'Filtered', reason: 'region is us' }],
  },
  overrides: [{ index: 0, name: 'big', clusters: 1 }],
};

const policy = {
  podSecurity: 'Restricted',
  allowedRegistries: ['registry.example.com:5000/web', 'docker.io/library'],
  network: { defaultDeny: true, egressTo: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
  rollout: { ...rollout(), required: floor },
  freeze,
  deletionPolicy: 'Protect',
  priorityClassName: 'platform-web.prod',
};

/** Every place has a copy of its own, for a change is to spoil one place alone. */
const selection = () => structuredClone({ clusterSelector: selector, excludedClusterNames: ['eu1-b'] });
const term = () =>
  structuredClone({
    clusterSelector: selector,
    properties: [{ name: 'nodes', operator: 'Gt', values: ['3'] }],
    cel: 'true',
  });

const placement = {
  clusterSelector: selector,
  clusterSets: ['eu'],
  numberOfClusters: 2,
  affinity: {
    required: [term()],
    preferred: [{ weight: 10, term: term(), sorter: { property: 'price', order: 'Ascending' } }],
  },
  tolerations: [{ key: 'gpu', operator: 'Equal', value: 'only', effect: 'NoExecute', tolerationSeconds: 60 }],
  requirements: {
    minKubernetesVersion: '1.33',
    maxKubernetesVersion: 'v1.35.2',
    apis: ['HTTPRoute.v1.gateway.networking.k8s.io'],
  },
  appAffinity: [{ name: 'db' }],
  appAntiAffinity: [{ matchLabels: { noisy: 'yes' } }],
  spread: [{ topologyKey: 'region', minDomains: 1, maxDomains: 3, whenUnsatisfiable: 'ScheduleAnyway' }],
  groups: [{ name: 'own', clusters: selection() }],
  replicas: {
    mode: 'Divided',
    strategy: 'Capacity',
    weights: [{ clusters: selection(), weight: 2 }],
    minPerCluster: 1,
    maxPerCluster: 5,
    capacity: { property: 'free-cpu', perReplica: '500m' },
  },
  reschedule: ['Unhealthy'],
  rescheduleAt: '2026-01-01T00:00:00Z',
  failbackAfterSeconds: 600,
  scoreWeights: { capacity: 1, balance: 1 },
  reportedScores: [{ property: 'latency', weight: 5 }],
  fromDecision: 'shop',
};

/** One object of every composite kind, with most of its fields, that the API server takes. */
export const samples: { readonly [kind: string]: KubeObject } = {
  Platform: object(
    'Platform',
    'web',
    {
      owner: 'team-web',
      description: 'Plain web hosting.',
      contacts: [{ name: 'on-call', kind: 'Pager', address: 'web-oncall' }],
      defaults: {
        podSecurity: 'Baseline',
        allowedRegistries: ['registry.example.com/web'],
        rollout: { maxConcurrent: '25%' },
      },
    },
    { tiers: ['prod'] },
  ),
  Tier: object(
    'Tier',
    'prod',
    {
      platform: 'web',
      access: [{ level: 'Admin', groups: ['web-admins'] }],
      podSecurity: 'Restricted',
      allowedRegistries: ['registry.example.com:5000/web', 'docker.io/library'],
      requiredLabels: ['cost-center'],
      namespaceLabels: { stage: 'prod' },
      priorityClass: { value: 1000, preemptionPolicy: 'Never' },
      quota: { hard: { 'requests.cpu': 8, 'limits.memory': '16Gi', pods: 50, 'count/deployments.apps': 20 } },
      limits: [{ type: 'Container', default: { memory: '256Mi' } }],
      network: { egressTo: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
      rollout: rollout(),
      freeze,
    },
    { policy, ...rolloutStatus },
  ),
  ClusterSet: object(
    'ClusterSet',
    'eu',
    {
      tier: 'prod',
      clusterProfiles: { namespace: 'fleet', selector, cel: 'cluster.version.startsWith("v1.3")' },
      taints: [{ clusters: selection(), key: 'gpu', value: 'only', effect: 'NoSchedule' }],
    },
    {
      members: [
        {
          name: 'eu1-a',
          clusterProfile: { namespace: 'fleet', name: 'ocm-eu1-a' },
          providerConfig: { kind: 'ClusterProviderConfig', name: 'eu1-a' },
          labels: { region: 'eu' },
          version: 'v1.34.2',
          healthy: true,
          healthChangedAt: '2026-01-01T00:00:00Z',
          changedAt: '2026-01-01T00:00:00Z',
          taints: [{ key: 'gpu', value: 'only', effect: 'NoSchedule', since: '2026-01-01T00:00:00Z' }],
          missingSince: '2026-01-01T00:00:00Z',
        },
      ],
      counts: { members: 1, healthy: 1 },
    },
  ),
  ComputeNamespace: object(
    'ComputeNamespace',
    'shop',
    {
      tier: { namespace: 'platform-web', name: 'prod' },
      clusterSets: ['eu'],
      owners: { groups: ['shop'], contacts: [{ name: 'chat', kind: 'Chat', address: '#shop' }] },
      access: [{ level: 'Edit', groups: ['shop'] }],
      serviceAccounts: [{ name: 'web', annotations: { 'cloud.example.com/role': '${cluster.name}-web' } }],
      labels: { team: 'shop' },
      annotations: { 'example.com/wiki': 'shop' },
      quota: { hard: { 'requests.storage': '100Gi' } },
      rollout: { ...rollout(), paused: true, rollbackTo: '1a2b3c4d5e', attempt: 2 },
    },
    {
      namespace: 'team-shop',
      tier: { namespace: 'platform-web', name: 'prod', platform: 'web' },
      policy,
      ...rolloutStatus,
    },
  ),
  App: object(
    'App',
    'shop',
    {
      computeNamespace: 'shop',
      components: [
        {
          name: 'web',
          image: 'registry.example.com/web/shop:1.4',
          replicas: '${cluster.labels.size == "large" ? 6 : 2}',
          imagePullPolicy: 'IfNotPresent',
          env: [{ name: 'REGION', value: '${cluster.labels.region}' }],
          ports: [{ name: 'http', containerPort: 8080 }],
          resources: { requests: { cpu: 1, memory: '${cluster.properties.memory}' } },
          sidecars: [{ name: 'proxy', image: 'proxy:1', stdin: false }],
          volumes: [{ name: 'cache', emptyDir: {} }],
          volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
          service: { type: 'ClusterIP' },
          ingress: { host: 'shop.example.com' },
          autoscaling: { minReplicas: 2, maxReplicas: '${replicas.web * 3}' },
          disruption: { maxUnavailable: '25%' },
          pod: { nodeSelector: { disk: 'ssd' } },
          strategy: { type: 'RollingUpdate' },
        },
        {
          name: 'db',
          kind: 'StatefulSet',
          image: 'db:1',
          volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
        },
        {
          name: 'report',
          kind: 'CronJob',
          image: 'report:1',
          schedule: '0 4 * * *',
          suspend: '${cluster.name != "eu1-a"}',
        },
      ],
      manifests: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { set: '${cluster.set}' } },
      ],
      placement,
      overrides: [
        {
          name: 'big',
          clusters: { clusterNames: ['eu1-a'] },
          target: { kind: 'Deployment', name: 'web' },
          patches: [{ op: 'replace', path: '/spec/replicas', value: 9 }],
        },
        { clusters: { clusterSelector: {} }, target: { kind: 'ConfigMap' }, merge: { data: { set: null } } },
      ],
      rollout: { ...rollout(), paused: true, rollbackTo: '1a2b3c4d5e', attempt: 2 },
    },
    rolloutStatus,
  ),
  Approval: object(
    'Approval',
    'shop-europe',
    {
      for: { kind: 'App', name: 'shop' },
      revision: '1a2b3c4d5e',
      wave: 'europe',
      clusters: ['eu-1'],
      decision: 'Approve',
      approver: 'bob',
      reason: 'Watched the canary for a day.',
      expiresAt: '2026-01-02T00:00:00Z',
    },
    { state: 'Used', message: 'bob is counted for wave europe of App shop' },
  ),
  AndonCord: object(
    'AndonCord',
    'checkout-is-down',
    { reason: 'Checkout is down.', tiers: [{ namespace: 'platform-web', name: 'prod' }], selector },
    { scope: 'tier platform-web/prod with region=eu, zone in (a,b)' },
  ),
  AssignmentSlice: object(
    'AssignmentSlice',
    'shop-eu-0',
    {
      owner: { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'shop' },
      clusterSet: { namespace: 'platform-web', name: 'eu' },
      assignments: [
        {
          cluster: 'eu1-a',
          providerConfig: { kind: 'ClusterProviderConfig', name: 'eu1-a' },
          revision: 'shop-1a2b3c4d5e',
          format: 1,
          values: [{ expression: 'cluster.set', value: 'eu' }, { expression: 'cluster.labels.size' }],
          overrides: [0],
          replicas: { web: 3 },
          state: 'Assigned',
        },
      ],
      rollout: record,
    },
    {
      rollout: record,
      assignments: [
        {
          cluster: 'eu1-a',
          entry: '0a1b2c3d4e',
          revision: 'shop-1a2b3c4d5e',
          phase: 'Healthy',
          objects: { desired: 3, ready: 3 },
          messages: [],
          since: '2026-01-01T00:00:00Z',
          movingSince: '2026-01-01T00:00:00Z',
        },
      ],
      clusters: { desired: 1, healthy: 1, leaving: 0 },
    },
  ),
};
