import { groupOf, type KubeObject } from '../../functions/kube/object.ts';

/** Kinds without a namespace, as `group/Kind`: those built into Kubernetes, those that Crossplane and provider-kubernetes bring, and ours. */
const clusterScoped: ReadonlySet<string> = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.crossplane.io/CompositeResourceDefinition',
  'apiextensions.crossplane.io/Composition',
  'apiextensions.crossplane.io/CompositionRevision',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'crossply.dev/AndonCord',
  'gateway.networking.k8s.io/GatewayClass',
  'kubernetes.m.crossplane.io/ClusterProviderConfig',
  'networking.k8s.io/IngressClass',
  'node.k8s.io/RuntimeClass',
  'pkg.crossplane.io/Configuration',
  'pkg.crossplane.io/Function',
  'pkg.crossplane.io/Provider',
  'protection.crossplane.io/ClusterUsage',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/StorageClass',
]);

/** Kinds that have no `metadata.generation`; all others count the changes of their wanted state there. */
const withoutGeneration: ReadonlySet<string> = new Set(['', 'rbac.authorization.k8s.io', 'storage.k8s.io']);

/** Tells whether a kind lives in namespaces; a kind that is not known to be cluster-scoped counts as namespaced. */
export function isNamespacedKind(apiVersion: string, kind: string): boolean {
  return !clusterScoped.has(`${groupOf(apiVersion)}/${kind}`);
}

/** Tells whether objects of a kind carry `metadata.generation`. */
export function hasGeneration(apiVersion: string, kind: string): boolean {
  return !withoutGeneration.has(groupOf(apiVersion)) && kind !== 'ControllerRevision';
}

/** Tells whether Kubernetes itself defines a kind, so that its own controllers and not an operator write its status. */
export function isBuiltIn({ apiVersion }: Pick<KubeObject, 'apiVersion'>): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || (group.endsWith('.k8s.io') && !extensions.has(group));
}

/** Groups of the Kubernetes project that are installed like anybody's. */
const extensions: ReadonlySet<string> = new Set(['gateway.networking.k8s.io', 'snapshot.storage.k8s.io']);
