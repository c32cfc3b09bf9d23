import { groupOf, type KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';

/**
 * Namespaced kinds that a tenant may deliver, by API group. Everything else is refused: the scope of an unknown kind cannot
 * be told from a manifest, and a cluster-scoped one would reach beyond the tenant's namespace.
 */
const tenantKinds: { readonly [group: string]: readonly string[] } = {
  '': [
    'ConfigMap',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'argoproj.io': ['AnalysisTemplate', 'Rollout'],
  autoscaling: ['HorizontalPodAutoscaler'],
  'autoscaling.k8s.io': ['VerticalPodAutoscaler'],
  batch: ['CronJob', 'Job'],
  'cert-manager.io': ['Certificate', 'CertificateRequest', 'Issuer'],
  'coordination.k8s.io': ['Lease'],
  'external-secrets.io': ['ExternalSecret', 'SecretStore'],
  'gateway.networking.k8s.io': [
    'BackendTLSPolicy',
    'GRPCRoute',
    'HTTPRoute',
    'ReferenceGrant',
    'TCPRoute',
    'TLSRoute',
    'UDPRoute',
  ],
  'keda.sh': ['ScaledJob', 'ScaledObject', 'TriggerAuthentication'],
  'monitoring.coreos.com': ['PodMonitor', 'Probe', 'PrometheusRule', 'ServiceMonitor'],
  'multicluster.x-k8s.io': ['ServiceExport'],
  'networking.k8s.io': ['Ingress'],
  policy: ['PodDisruptionBudget'],
  'postgresql.cnpg.io': ['Backup', 'Cluster', 'Database', 'Pooler', 'ScheduledBackup'],
  'resource.k8s.io': ['ResourceClaim', 'ResourceClaimTemplate'],
  'snapshot.storage.k8s.io': ['VolumeSnapshot'],
};

/** Namespaced kinds that govern the namespace; a tenant's own would loosen what the platform set. */
const governing: { readonly [group: string]: readonly string[] } = {
  '': ['LimitRange', 'Namespace', 'ResourceQuota'],
  'networking.k8s.io': ['NetworkPolicy'],
  'rbac.authorization.k8s.io': ['Role', 'RoleBinding'],
};

/** Returns why a tenant may not deliver a kind, or nothing when it may. */
export function checkKind({ apiVersion, kind }: KubeObject): Problem | undefined {
  const group = groupOf(apiVersion);
  if (lookUp(governing, group).includes(kind)) {
    return {
      path: 'kind',
      message: `${kind} belongs to the ComputeNamespace`,
      hint: 'set quota, limits, access and network there',
    };
  }
  const allowed = lookUp(tenantKinds, group);
  if (allowed.includes(kind)) return undefined;
  const where = group === '' ? 'the core group' : `group ${group}`;
  const hint =
    allowed.length > 0 ? `of ${where} these may: ${allowed.join(', ')}` : 'ask the platform team to deliver it';
  return { path: 'kind', message: `${kind} of ${where} may not be delivered by a tenant`, hint };
}

function lookUp(table: { readonly [group: string]: readonly string[] }, group: string): readonly string[] {
  return Object.hasOwn(table, group) ? (table[group] ?? []) : [];
}
