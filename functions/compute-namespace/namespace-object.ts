import { childPath } from '../kube/field-path.ts';
import { isLabelKey, isLabelValue } from '../kube/names.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { tierLabels } from '../tier/tier-names.ts';
import type { NamespaceFacts } from './namespace-facts.ts';

type Labels = { readonly [key: string]: string };

/** Returns the Namespace; its labels put it under the Tier's admission policies and pod security level. */
export function namespaceObject(facts: NamespaceFacts): KubeObject {
  const { namespace, spec, tierSpec } = facts;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { ...spec.labels, ...tierSpec.namespaceLabels, ...ownLabels(facts) },
      ...(spec.annotations !== undefined && { annotations: spec.annotations }),
    },
  };
}

function ownLabels({ name, hubNamespace, tier, tierSpec, policy }: NamespaceFacts): Labels {
  const origin = `${hubNamespace}.${name}`;
  const level = policy.podSecurity.toLowerCase();
  return {
    ...tierLabels(tier),
    'crossply.dev/platform': tierSpec.platform,
    ...(isLabelValue(origin) && { 'crossply.dev/compute-namespace': origin }),
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/audit': level,
    'pod-security.kubernetes.io/warn': level,
  };
}

/** Refuses labels and annotations that no Namespace can have, that are reserved, or that would say something else than the Tier does. */
export function checkNamespaceMetadata({ spec, tier, tierSpec }: NamespaceFacts): readonly Problem[] {
  const { labels = {}, annotations = {} } = spec;
  const tierSays = tierSpec.namespaceLabels ?? {};
  return [
    ...checkKeys(labels, 'spec.labels'),
    ...checkValues(labels, 'spec.labels'),
    ...checkKeys(annotations, 'spec.annotations'),
    ...Object.entries(labels)
      .filter(([key, value]) => Object.hasOwn(tierSays, key) && tierSays[key] !== value)
      .map(([key, value]) => ({
        path: childPath('spec.labels', key),
        message: `is "${tierSays[key]}" in all of Tier ${tier.name} (got "${value}")`,
        hint: 'leave it out',
      })),
  ];
}

/** Refuses keys that could not be, or that Crossply or Kubernetes sets: `crossply.dev/target: hub` would put an object on the hub itself. */
export function checkKeys(given: Labels, path: string): readonly Problem[] {
  return Object.keys(given).flatMap((key) => {
    const at = childPath(path, key);
    if (!isLabelKey(key.toLowerCase())) {
      return [
        {
          path: at,
          message: 'must be a name of at most 63 characters, with or without a domain and a slash before it',
        },
      ];
    }
    return isReserved(key)
      ? [{ path: at, message: 'is set by Crossply or Kubernetes', hint: 'leave it out, or use a key of your own' }]
      : [];
  });
}

function isReserved(key: string): boolean {
  const [domain = '', name] = key.split('/');
  if (name === undefined) return false;
  return ['crossply.dev', 'pod-security.kubernetes.io'].includes(domain) || key === 'kubernetes.io/metadata.name';
}

/** A value with a hole is known only in the cluster. */
function checkValues(labels: Labels, path: string): readonly Problem[] {
  return Object.entries(labels)
    .filter(([, value]) => !value.includes('${') && !isLabelValue(value))
    .map(([key, value]) => ({
      path: childPath(path, key),
      message: `must be at most 63 letters, digits, dashes, dots and underscores, letters or digits at both ends (got "${value}")`,
    }));
}
