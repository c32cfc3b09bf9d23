import { byConditions, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { anyOf, fieldIs, isTrue, not } from '../signs.ts';

const isStatic = fieldIs('spec.type', 'oci');

/** Flux: Ready tells; Stalled, which the common rules know, is what it no longer tries. A HelmRepository of type oci has no status. */
export const flux: readonly HealthRule[] = [
  ...byConditions('kustomize.toolkit.fluxcd.io', ['Kustomization']),
  ...byConditions('helm.toolkit.fluxcd.io', ['HelmRelease']),
  ...byConditions('source.toolkit.fluxcd.io', ['GitRepository', 'OCIRepository', 'Bucket', 'HelmChart']),
  ...byConditions('source.toolkit.fluxcd.io', ['HelmRepository'], ['Ready'], {
    healthy: anyOf(isStatic, isTrue('Ready')),
    ownHealth: not(isStatic),
  }),
  ...byConditions('image.toolkit.fluxcd.io', ['ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation']),
  ...byConditions('notification.toolkit.fluxcd.io', ['Receiver']),
  ...withoutHealth('notification.toolkit.fluxcd.io', ['Alert', 'Provider']),
];
