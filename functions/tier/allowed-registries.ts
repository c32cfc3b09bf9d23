import { allowedPrefixes } from '../boundary/image-reference.ts';
import type { AdmissionRule } from './admission-policy.ts';

/** Returns CEL for the PodSpec of an object; `dyn` because the type checker of the API server would look for each field in every kind. */
function podSpecOf(object: string): string {
  const under = (path: string) => `dyn(${object}).${path}`;
  return [
    `${object} == null ? {}`,
    `${object}.kind == 'Pod' ? ${under('spec')}`,
    `${object}.kind == 'CronJob' ? ${under('spec.jobTemplate.spec.template.spec')}`,
    `${object}.kind == 'PodTemplate' ? (has(${under('template.spec')}) ? ${under('template.spec')} : {})`,
    `has(${under('spec.template')}) && has(${under('spec.template.spec')}) ? ${under('spec.template.spec')}`,
    '{}',
  ].join(' : ');
}

/** Returns CEL for the images of a PodSpec, image volumes included; init containers and debug containers run like any other. */
function imagesOf(pod: string): string {
  const lists = ['containers', 'initContainers', 'ephemeralContainers'].map(
    (field) => `(has(${pod}.${field}) ? ${pod}.${field}.filter(c, has(c.image)).map(c, c.image) : [])`,
  );
  const volumes = `(has(${pod}.volumes) ? ${pod}.volumes.filter(v, has(v.image) && has(v.image.reference)).map(v, v.image.reference) : [])`;
  return [...lists, volumes].join(' + ');
}

/**
 * Returns the rule that images come from the given registries and repositories. Images that were there before an update may
 * stay: their pods are refused when they are made, and an update such as the removal of a finalizer must not fail.
 */
export function allowedRegistriesRule(allowed: readonly string[]): AdmissionRule {
  const names = allowed.join(', ');
  return {
    subject: 'allowed-registries',
    resources: {
      '': ['pods', 'pods/ephemeralcontainers', 'podtemplates', 'replicationcontrollers'],
      apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
      batch: ['cronjobs', 'jobs'],
    },
    variables: [
      { name: 'pod', expression: podSpecOf('object') },
      { name: 'podBefore', expression: podSpecOf('oldObject') },
      { name: 'before', expression: imagesOf('variables.podBefore') },
      {
        name: 'refused',
        expression: `(${imagesOf('variables.pod')}).filter(i, !(i in variables.before) && !(${fullReference('i')}).matches(${JSON.stringify(allowedPattern(allowed))}))`,
      },
    ],
    expression: 'size(variables.refused) == 0',
    message: `images must come from ${names}`,
    messageExpression: `${JSON.stringify(`images must come from ${names}, which these do not: `)} + variables.refused.join(', ')`,
  };
}

/** Returns CEL for an image reference with what container runtimes fill in, as functions/boundary/image-reference.ts has it. */
function fullReference(image: string): string {
  return [
    `!${image}.contains('/') ? 'docker.io/library/' + ${image}`,
    `${image}.matches('^(index\\\\.)?docker\\\\.io/[^/]+$') ? 'docker.io/library/' + ${image}.split('/')[1]`,
    `${image}.startsWith('index.docker.io/') ? ${image}.replace('index.docker.io/', 'docker.io/', 1)`,
    `${image}.matches('^([^/]*[.:A-Z][^/]*|localhost)/') ? ${image}`,
    `'docker.io/' + ${image}`,
  ].join(' : ');
}

/** A registry is followed by a slash, for a colon would begin a port; a repository also by a tag, a digest or nothing. */
function allowedPattern(allowed: readonly string[]): string {
  const alternatives = allowed.flatMap(allowedPrefixes).map((prefix) => {
    const literal = prefix.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&');
    return prefix.includes('/') ? `${literal}([/:@]|$)` : `${literal}/`;
  });
  return `^(${alternatives.join('|')})`;
}
