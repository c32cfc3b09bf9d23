import type { AppSpec } from '../generated/types.ts';

/** A name that an App needs for itself in its namespace, with the field that asks for it. */
export type Claim = { readonly name: string; readonly path: string };

/** Kinds of the objects that a component turns into; they all bear its name. */
const componentKinds = new Set(
  'Deployment StatefulSet DaemonSet Job CronJob Service Ingress HTTPRoute HorizontalPodAutoscaler PodDisruptionBudget'.split(
    ' ',
  ),
);

/** Returns the names that an App needs for itself: those of its components, and `Kind/name` for other manifests. Two Apps with one of them would take the same object from each other in every cluster. */
export function claimsOf({ components = [], manifests = [] }: AppSpec): readonly Claim[] {
  return [
    ...components.map(({ name }, index) => ({ name, path: `spec.components[${index}].name` })),
    ...manifests.map(({ kind, metadata }, index) => ({
      name: componentKinds.has(kind) ? String(metadata.name) : `${kind}/${metadata.name}`,
      path: `spec.manifests[${index}].metadata.name`,
    })),
  ];
}
