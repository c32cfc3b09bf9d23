import { childPath } from '../kube/field-path.ts';
import { isLabelKey } from '../kube/names.ts';
import type { Problem } from '../kube/problem.ts';
import type { AdmissionRule } from './admission-policy.ts';

/**
 * Returns the rule that workloads must carry labels with a value. What a controller made is left to its owner, and what
 * lacked a label before may go on without it: a controller's own update, the removal of a finalizer say, must not fail.
 */
export function requiredLabelsRule(required: readonly string[]): AdmissionRule {
  const names = required.join(', ');
  return {
    subject: 'required-labels',
    resources: { apps: ['daemonsets', 'deployments', 'statefulsets'], batch: ['cronjobs', 'jobs'] },
    matchConditions: [
      {
        name: 'made-by-no-controller',
        expression:
          '!has(object.metadata.ownerReferences) || !object.metadata.ownerReferences.exists(o, has(o.controller) && o.controller)',
      },
    ],
    variables: [
      { name: 'labels', expression: labelsOf('object') },
      { name: 'before', expression: `oldObject == null ? {} : ${labelsOf('oldObject')}` },
      {
        name: 'missing',
        expression: `${JSON.stringify(required)}.filter(k, !${hasValue('variables.labels')} && (oldObject == null || ${hasValue('variables.before')}))`,
      },
    ],
    expression: 'size(variables.missing) == 0',
    message: `workloads must have the labels ${names}`,
    messageExpression: `'the Tier requires these labels, which are missing or empty: ' + variables.missing.join(', ')`,
  };
}

function labelsOf(object: string): string {
  return `(has(${object}.metadata.labels) ? ${object}.metadata.labels : {})`;
}

function hasValue(labels: string): string {
  return `(k in ${labels} && ${labels}[k] != '')`;
}

/** Refuses required labels that no object could have. */
export function checkRequiredLabelKeys(required: readonly string[], path: string): readonly Problem[] {
  return required.flatMap((key, index) =>
    isLabelKey(key)
      ? []
      : [{ path: childPath(path, index), message: `must be the key of a label, such as team (got "${key}")` }],
  );
}
