import { byConditions, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, areTrueIfTold, isFalse, isTrue, not } from '../signs.ts';

const managed = {
  healthy: allOf(isTrue('Ready'), areTrueIfTold('Synced'), not(isFalse('LastAsyncOperation'))),
  tells: ['LastAsyncOperation', 'Synced', 'Ready'],
};
const configurations = ['ProviderConfig', 'ClusterProviderConfig', 'ProviderConfigUsage', 'StoreConfig'];

/** Crossplane's packages and definitions, and the managed resources of its providers; a reconcile that fails is tried again. */
export const crossplane: readonly HealthRule[] = [
  ...byConditions('pkg.crossplane.io', ['Provider', 'Function', 'Configuration'], ['Installed', 'Healthy']),
  ...byConditions('pkg.crossplane.io', ['ProviderRevision', 'FunctionRevision', 'ConfigurationRevision'], ['Healthy']),
  ...withoutHealth('pkg.crossplane.io', ['DeploymentRuntimeConfig', 'ImageConfig', 'Lock']),
  ...byConditions('apiextensions.crossplane.io', ['CompositeResourceDefinition'], ['Established']),
  ...withoutHealth('apiextensions.crossplane.io', ['Composition', 'CompositionRevision', 'EnvironmentConfig']),
  ...['*.crossplane.io', '*.upbound.io'].flatMap((group) => [
    ...withoutHealth(group, configurations),
    ...byConditions(group, ['*'], ['Ready', 'Synced'], managed),
  ]),
];
