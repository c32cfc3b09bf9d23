import type { JsonObject } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { type AppPart, marked, pickFields } from './app-part.ts';
import { configVolumes } from './config-files.ts';
import { initContainers, mainContainer } from './container.ts';
import { workloadLabels } from './labels.ts';

/** Fields of a component that are those of its pods, of core/v1 PodSpec. */
export const podFields = ['serviceAccountName', 'terminationGracePeriodSeconds'] as const;

/** Fields of a PodSpec that the component has fields of its own for. */
const refusedFields = {
  containers: 'use the fields of the component, and sidecars',
  initContainers: 'use initContainers of the component',
  volumes: 'use volumes of the component',
} as const;

/**
 * Returns the pod template of a component: its `pod` as it is, with containers, volumes and labels filled in and the Tier's
 * PriorityClass where `pod` has none. Pods of a Job or CronJob are never restarted in place unless `pod` says otherwise,
 * since Kubernetes has no default for them that it accepts.
 */
export function podTemplate(part: AppPart): JsonObject {
  const { app, component } = part;
  const pod = Object.entries(component.pod ?? {}).filter(([field]) => !Object.hasOwn(refusedFields, field));
  const runsToEnd = component.kind === 'Job' || component.kind === 'CronJob';
  const priorityClassName = app.policy?.priorityClassName;
  const init = initContainers(part);
  const volumes = [...(component.volumes ?? []), ...configVolumes(part)];
  return {
    metadata: marked({ labels: workloadLabels(part), annotations: component.annotations }),
    spec: {
      ...(runsToEnd && { restartPolicy: 'Never' }),
      ...(priorityClassName !== undefined && { priorityClassName }),
      ...Object.fromEntries(pod),
      ...pickFields(component, podFields),
      ...(init.length > 0 && { initContainers: init }),
      containers: [mainContainer(part)],
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

/** Refuses what `pod` must leave to the fields of the component, and what is set in both places. */
export function checkPod({ component, path }: AppPart): readonly Problem[] {
  const pod = component.pod ?? {};
  const refused = Object.entries(refusedFields).flatMap(([field, hint]) =>
    pod[field] === undefined ? [] : [{ path: `${path}.pod.${field}`, message: 'must not be set', hint }],
  );
  const twice = Object.keys(pickFields(component, podFields)).filter((field) => pod[field] !== undefined);
  return [
    ...refused,
    ...twice.map((field) => ({
      path: `${path}.pod.${field}`,
      message: `is set at ${path}.${field} too`,
      hint: 'keep one of them',
    })),
  ];
}
