import { childPath } from '../kube/field-path.ts';
import type { Problem } from '../kube/problem.ts';
import type { AppFacts, AppPart } from './app-part.ts';

type Labels = { readonly [key: string]: string };

/** Returns the labels that select a component's pods: its name and its App's, for a selector can never be changed. */
export function selectorLabels({ app, component }: AppPart): Labels {
  return { 'app.kubernetes.io/name': component.name, 'app.kubernetes.io/instance': app.name };
}

/** Returns the labels that every object of a component carries. */
export function standardLabels(part: AppPart): Labels {
  return {
    ...selectorLabels(part),
    'app.kubernetes.io/part-of': part.app.name,
    'app.kubernetes.io/managed-by': 'crossply',
  };
}

/** Returns the labels of a workload and its pods: those the Tier requires as the App has them, the component's own, the standard ones. */
export function workloadLabels(part: AppPart): Labels {
  return { ...requiredLabels(part.app), ...part.component.labels, ...standardLabels(part) };
}

function requiredLabels({ labels, policy }: AppFacts): Labels {
  const required = new Set(policy?.requiredLabels);
  return Object.fromEntries(Object.entries(labels).filter(([key]) => required.has(key)));
}

/** Returns a problem for each label that the Tier requires and the App does not have; an empty value counts as missing. */
export function checkRequiredLabels({ labels, policy }: AppFacts): readonly Problem[] {
  const missing = (policy?.requiredLabels ?? []).filter((key) => !Object.hasOwn(labels, key) || labels[key] === '');
  return missing.map((key) => ({
    path: childPath('metadata.labels', key),
    message: 'is required by the Tier',
    hint: 'label the App; its workloads and pods get the label too',
  }));
}

/** Refuses labels of a component and its Service that would replace the standard ones with other values. */
export function checkLabels(part: AppPart): readonly Problem[] {
  const { component, path } = part;
  const given = [
    { at: `${path}.labels`, labels: component.labels ?? {} },
    { at: `${path}.service.labels`, labels: component.service?.labels ?? {} },
  ];
  return given.flatMap(({ at, labels }) =>
    Object.entries(standardLabels(part)).flatMap(([key, value]) =>
      !Object.hasOwn(labels, key) || labels[key] === value
        ? []
        : [
            {
              path: childPath(at, key),
              message: `is always "${value}" (got "${labels[key]}")`,
              hint: 'leave it out, or use a label of your own',
            },
          ],
    ),
  );
}
