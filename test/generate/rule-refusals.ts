import type { Json } from '../../functions/kube/json.ts';
import type { Refusal } from './schema-refusals.ts';

const web = 'spec.components[0]';
const db = 'spec.components[1]';
const report = 'spec.components[2]';

const names = ['Platform', 'Tier', 'ClusterSet', 'ComputeNamespace', 'App'].map(
  (kind): Refusal => ({
    kind,
    set: { 'metadata.name': 'v1.2' },
    problem: 'the name must consist of lower-case letters, digits and dashes',
  }),
);

const approvalChanges: { readonly [field: string]: Json } = {
  for: { kind: 'Tier', name: 'shop' },
  revision: '5e4d3c2b1a',
  wave: 'asia',
  clusters: ['eu-2'],
  decision: 'Reject',
  approver: 'alice',
  reason: 'Watched it for a minute.',
  expiresAt: '2036-01-02T00:00:00Z',
};

/** Whatever was said in an Approval stays said. */
const changedApprovals = Object.entries(approvalChanges).map(
  ([field, value]): Refusal => ({
    kind: 'Approval',
    set: { [`spec.${field}`]: value },
    problem: `spec.${field}: an Approval cannot be changed`,
    isTransition: true,
  }),
);

/** Wherever waves may stand. */
const waves = ['Tier', 'ComputeNamespace', 'App'].flatMap((kind): readonly Refusal[] => [
  {
    kind,
    set: { 'spec.rollout.waves[0].count': 1 },
    problem: 'spec.rollout.waves[0]: give at most one of clusterSelector, percent and count',
  },
  {
    kind,
    set: { 'spec.rollout.waves[0].windows': [{ schedule: '0 22 * * *', duration: '4h' }] },
    problem: 'spec.rollout.waves[0]: give either window or windows',
  },
  {
    kind,
    set: { 'spec.rollout.waves[0].clusterSelector.matchExpressions[0].values': undefined },
    problem: 'spec.rollout.waves[0].clusterSelector.matchExpressions[0]: operators In and NotIn need values',
  },
]);

/** Changes that keep to the schemas and break one of their CEL rules. */
export const ruleRefusals: readonly Refusal[] = [
  ...names,
  ...changedApprovals,
  ...waves,
  { kind: 'Approval', set: { 'spec.removals': ['eu-1'] }, problem: 'spec: give either wave or removals' },
  {
    kind: 'Approval',
    set: { 'spec.wave': undefined, 'spec.clusters': ['eu-1'], 'spec.removals': ['eu-1'] },
    problem: 'spec: clusters belong to a wave',
  },
  {
    kind: 'Approval',
    set: { 'spec.wave': undefined, 'spec.clusters': undefined },
    problem: 'spec: give either wave or removals',
  },
  {
    kind: 'Approval',
    set: { 'spec.for.kind': 'Website' },
    problem: 'spec.for: a kind other than App, ComputeNamespace and Tier needs its apiVersion',
  },
  {
    kind: 'Approval',
    set: { 'spec.decision': 'Reject', 'spec.reason': undefined },
    problem: 'spec: a rejection needs a reason',
  },
  {
    kind: 'AndonCord',
    set: { 'spec.selector.matchExpressions[0].values': undefined },
    problem: 'spec.selector.matchExpressions[0]: operators In and NotIn need values',
  },
  {
    kind: 'ComputeNamespace',
    set: { 'metadata.name': 'team--shop' },
    problem: 'the name must not contain two dashes in a row',
  },
  { kind: 'Tier', set: { 'spec.platform': 'jobs' }, problem: 'spec.platform: a Tier cannot move', isTransition: true },
  {
    kind: 'ClusterSet',
    set: { 'spec.tier': 'beta' },
    problem: 'spec.tier: a ClusterSet cannot move',
    isTransition: true,
  },
  {
    kind: 'ComputeNamespace',
    set: { 'spec.tier.name': 'beta' },
    problem: 'spec.tier: a ComputeNamespace cannot move',
    isTransition: true,
  },
  {
    kind: 'App',
    set: { 'spec.computeNamespace': 'other' },
    problem: 'spec.computeNamespace: an App cannot move',
    isTransition: true,
  },
  {
    kind: 'Tier',
    set: { 'spec.namespaceLabels': { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    problem: 'spec.namespaceLabels: labels of crossply.dev',
  },
  {
    kind: 'ComputeNamespace',
    set: { 'spec.labels': { 'crossply.dev/xr': 'a' } },
    problem: 'spec.labels: labels of crossply.dev',
  },
  {
    kind: 'ComputeNamespace',
    set: { 'spec.annotations': { 'crossply.dev/content': 'a' } },
    problem: 'spec.annotations: annotations of crossply.dev',
  },
  {
    kind: 'Tier',
    set: { 'spec.quota.hard': { gpu: 1 } },
    problem: 'spec.quota.hard: must be names of quota resources',
  },
  {
    kind: 'ComputeNamespace',
    set: { 'spec.quota.hard': { 'request.cpu': 1 } },
    problem: 'spec.quota.hard: must be names of quota resources',
  },
  {
    kind: 'ClusterSet',
    set: { 'spec.clusterProfiles.selector.matchExpressions[0].values': undefined },
    problem: 'spec.clusterProfiles.selector.matchExpressions[0]: operators In and NotIn need values',
  },
  {
    kind: 'App',
    set: { 'spec.placement.clusterSelector.matchExpressions[0].operator': 'Exists' },
    problem: 'spec.placement.clusterSelector.matchExpressions[0]: operators In and NotIn need values',
  },
  {
    kind: 'App',
    set: { 'spec.placement.maxClusters': 3 },
    problem: 'spec.placement: give either numberOfClusters or minClusters and maxClusters',
  },
  {
    kind: 'App',
    set: {
      'spec.placement.numberOfClusters': undefined,
      'spec.placement.minClusters': 4,
      'spec.placement.maxClusters': 3,
    },
    problem: 'spec.placement: minClusters must not be greater than maxClusters',
  },
  {
    kind: 'App',
    set: { 'spec.placement.numberOfClusters': undefined },
    problem: 'spec.placement: spread needs numberOfClusters or maxClusters',
  },
  {
    kind: 'App',
    set: { 'spec.placement.affinity.required[0].properties[0].operator': 'Exists' },
    problem: 'spec.placement.affinity.required[0].properties[0]: operators Exists and DoesNotExist take no values',
  },
  {
    kind: 'App',
    set: { 'spec.placement.affinity.required[0].properties[0].values': ['3', '4'] },
    problem: 'spec.placement.affinity.required[0].properties[0]: operators Gt, Ge, Lt, Le, Eq and Ne compare',
  },
  {
    kind: 'App',
    set: { 'spec.placement.affinity.preferred[0]': { weight: 1 } },
    problem: 'spec.placement.affinity.preferred[0]: give a term or a sorter',
  },
  {
    kind: 'App',
    set: { 'spec.placement.appAffinity[0].name': undefined },
    problem: 'spec.placement.appAffinity[0]: give either name or matchLabels',
  },
  {
    kind: 'App',
    set: { 'spec.placement.spread[0].property': 'zone' },
    problem: 'spec.placement.spread[0]: give either topologyKey or property',
  },
  {
    kind: 'App',
    set: { 'spec.placement.spread[0].minDomains': 4 },
    problem: 'spec.placement.spread[0]: minDomains must not be greater than maxDomains',
  },
  {
    kind: 'App',
    set: { 'spec.placement.groups[0].clusters': {} },
    problem: 'spec.placement.groups[0].clusters: say which clusters',
  },
  {
    kind: 'App',
    set: { 'spec.placement.replicas.minPerCluster': 6 },
    problem: 'spec.placement.replicas: minPerCluster must not be greater than maxPerCluster',
  },
  {
    kind: 'App',
    set: { 'spec.placement.replicas.mode': 'Duplicated' },
    problem:
      'spec.placement.replicas: strategy, weights, minPerCluster, maxPerCluster and replaceLost are for mode Divided',
  },
  {
    kind: 'App',
    set: { 'spec.placement.replicas.capacity': undefined },
    problem: 'spec.placement.replicas: strategies Capacity and Aggregated need capacity',
  },
  {
    kind: 'ClusterSet',
    set: { 'spec.taints[0].clusters': {} },
    problem: 'spec.taints[0].clusters: say which clusters',
  },
  {
    kind: 'ClusterSet',
    set: { 'spec.taints[0].clusters': { clusterSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } } },
    problem: 'spec.taints[0].clusters.clusterSelector.matchExpressions[0]: operators In and NotIn need values',
  },
  {
    kind: 'App',
    set: { 'spec.overrides[0].clusters': { clusterSelector: { matchExpressions: [{ key: 'a', operator: 'NotIn' }] } } },
    problem: 'spec.overrides[0].clusters.clusterSelector.matchExpressions[0]: operators In and NotIn need values',
  },
  {
    kind: 'App',
    set: { 'spec.components': [], 'spec.manifests': undefined },
    problem: 'spec: give at least one component or manifest',
  },
  {
    kind: 'App',
    set: { [`${report}.replicas`]: 2 },
    problem: `${report}: replicas goes only with kind Deployment or StatefulSet`,
  },
  {
    kind: 'App',
    set: { [`${report}.autoscaling`]: { maxReplicas: 2 } },
    problem: `${report}: autoscaling goes only with`,
  },
  { kind: 'App', set: { [`${report}.schedule`]: undefined }, problem: `${report}: a CronJob needs a schedule` },
  {
    kind: 'App',
    set: { [`${db}.timeZone`]: 'Europe/Berlin' },
    problem: `${db}: schedule, timeZone, concurrencyPolicy`,
  },
  { kind: 'App', set: { [`${web}.backoffLimit`]: 1 }, problem: `${web}: completions, parallelism, backoffLimit` },
  { kind: 'App', set: { [`${web}.volumeClaimTemplates`]: [] }, problem: `${web}: volumeClaimTemplates, serviceName` },
  {
    kind: 'App',
    set: { [`${db}.strategy`]: {} },
    problem: `${db}: strategy and progressDeadlineSeconds go only with kind Deployment`,
  },
  {
    kind: 'App',
    set: { [`${web}.updateStrategy`]: {} },
    problem: `${web}: updateStrategy goes only with kind StatefulSet or DaemonSet`,
  },
  {
    kind: 'App',
    set: { [`${report}.minReadySeconds`]: 5 },
    problem: `${report}: minReadySeconds and revisionHistoryLimit do not go`,
  },
  {
    kind: 'App',
    set: { [`${web}.disruption.minAvailable`]: 1 },
    problem: `${web}.disruption: give either minAvailable or maxUnavailable`,
  },
  {
    kind: 'App',
    set: { [`${web}.pod.initContainers`]: [{ name: 'init' }] },
    problem: `${web}.pod: containers, initContainers and volumes do not go here`,
  },
  { kind: 'App', set: { 'spec.overrides[0].merge': {} }, problem: 'spec.overrides[0]: give either patches or merge' },
  {
    kind: 'App',
    set: { 'spec.overrides[1].merge': undefined },
    problem: 'spec.overrides[1]: give either patches or merge',
  },
  { kind: 'App', set: { 'spec.overrides[0].clusters': {} }, problem: 'spec.overrides[0].clusters: say which clusters' },
  {
    kind: 'App',
    set: { 'spec.overrides[0].patches[0].op': 'move' },
    problem: 'spec.overrides[0].patches[0]: operations move and copy need from',
  },
];
