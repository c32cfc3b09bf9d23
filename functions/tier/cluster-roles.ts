import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { Access } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { clusterRoleName, tierLabels } from './tier-names.ts';

type Resources = { readonly [group: string]: readonly string[] };

const readVerbs = ['get', 'list', 'watch'];
const writeVerbs = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** What Edit may write. Not Endpoints: who writes them can reach into other namespaces through an ingress (CVE-2021-25740). */
const workResources: Resources = {
  '': ['configmaps', 'persistentvolumeclaims', 'pods', 'services'],
  apps: ['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'statefulsets', 'statefulsets/scale'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'gateway.networking.k8s.io': ['grpcroutes', 'httproutes', 'referencegrants', 'tcproutes', 'tlsroutes', 'udproutes'],
  'networking.k8s.io': ['ingresses'],
  policy: ['poddisruptionbudgets'],
};

/** What everybody may look at beside the work itself; network rules because they explain why traffic does not flow. */
const shownResources: Resources = {
  '': ['endpoints', 'events', 'pods/log', 'pods/status', 'serviceaccounts'],
  apps: ['controllerrevisions'],
  'discovery.k8s.io': ['endpointslices'],
  'events.k8s.io': ['events'],
  'metrics.k8s.io': ['pods'],
  'networking.k8s.io': ['networkpolicies'],
};

/** What Admin may look at: how the namespace is governed, which only the ComputeNamespace and the Tier may change. */
const governingResources: Resources = {
  '': ['limitranges', 'resourcequotas'],
  'rbac.authorization.k8s.io': ['rolebindings', 'roles'],
};

/** Access to running pods is access to all they hold, Secrets included, so it goes with Admin; `get` is what exec over WebSockets asks for. */
const debugging: readonly JsonObject[] = [
  { apiGroups: [''], resources: ['pods/attach', 'pods/exec', 'pods/portforward'], verbs: ['create', 'get'] },
  { apiGroups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['patch', 'update'] },
];

/**
 * Admin keeps the Secrets that manifests refer to, for they never pass through the hub. One by one and by name: RBAC cannot
 * show names alone, and a list would hand over the content of all of them, those of operators included.
 */
const secrets: readonly JsonObject[] = [
  { apiGroups: [''], resources: ['secrets'], verbs: ['create', 'delete', 'get', 'patch', 'update'] },
];

const viewRules = [...rulesFor(workResources, readVerbs), ...rulesFor(shownResources, readVerbs)];

/** An eviction keeps to the disruption budgets, so it is the gentler way to restart a pod. */
const editRules = [
  ...viewRules,
  ...rulesFor(workResources, writeVerbs),
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
];

const rulesOf: { readonly [level in Access['level']]: readonly JsonObject[] } = {
  View: viewRules,
  Edit: editRules,
  Admin: [...editRules, ...rulesFor(governingResources, readVerbs), ...debugging, ...secrets],
};

/** Returns one ClusterRole for each level of access; they give nothing until a ComputeNamespace binds them in its namespace. */
export function clusterRoles(tier: NamespacedName): readonly KubeObject[] {
  return (['View', 'Edit', 'Admin'] as const).map((level) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: clusterRoleName(tier, level), labels: tierLabels(tier) },
    rules: rulesOf[level],
  }));
}

function rulesFor(resources: Resources, verbs: readonly string[]): readonly JsonObject[] {
  return Object.entries(resources).map(([group, names]) => ({ apiGroups: [group], resources: names, verbs }));
}
