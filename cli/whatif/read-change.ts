import type { GivenTaint } from '../../functions/cluster-set/taint-members.ts';
import { checkPropertyName } from '../../functions/clusters/property-name.ts';
import { isLabelKey, isLabelValue } from '../../functions/kube/names.ts';
import type { Checked, Problem } from '../../functions/kube/problem.ts';
import { parseQuantity } from '../../functions/kube/quantity.ts';
import { didYouMean } from '../../functions/kube/schema-suggestion.ts';
import type { ClusterChange } from './changes.ts';

/** One part of what would change about a cluster. */
export type ChangedPart = Partial<ClusterChange> & Pick<ClusterChange, 'cluster' | 'flag'>;

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** Returns the taint that `CLUSTER:KEY[=VALUE]:EFFECT` stands for, or what is wrong with it. */
export function readTaint(text: string): Checked<ChangedPart> {
  const [, cluster, key, value = '', effect] = /^([^:]+):([^:=]+)(?:=([^:]*))?:([^:]+)$/.exec(text) ?? [];
  if (cluster === undefined || key === undefined || effect === undefined)
    return wrong(
      '--taint',
      `must be CLUSTER:KEY[=VALUE]:EFFECT (got "${text}")`,
      'such as eu-1:dedicated=batch:NoSchedule',
    );
  const known = effects.find((each) => each === effect);
  if (known === undefined)
    return wrong(
      '--taint',
      `the effect must be one of ${effects.join(', ')} (got "${effect}")`,
      didYouMean(effect, effects),
    );
  const problem = checkKeyAndValue('--taint', key, value);
  if (problem !== undefined) return { problems: [problem] };
  const taint: GivenTaint = { key, ...(value !== '' && { value }), effect: known };
  return { value: { cluster, flag: '--taint', taints: [taint] } };
}

/** Returns the label that `CLUSTER:KEY=VALUE` stands for, or what is wrong with it. */
export function readLabel(text: string): Checked<ChangedPart> {
  const [, cluster, key, value] = /^([^:]+):([^=]+)=(.*)$/.exec(text) ?? [];
  if (cluster === undefined || key === undefined || value === undefined)
    return wrong('--label', `must be CLUSTER:KEY=VALUE (got "${text}")`, 'such as eu-1:example.com/gpu=yes');
  const problem = checkKeyAndValue('--label', key, value);
  return problem === undefined
    ? { value: { cluster, flag: '--label', labels: { [key]: value } } }
    : { problems: [problem] };
}

/** Returns the property that `CLUSTER:PROPERTY=QUANTITY` stands for, or what is wrong with it. */
export function readCapacity(text: string): Checked<ChangedPart> {
  const [, cluster, property, quantity] = /^([^:]+):([^=]+)=(.*)$/.exec(text) ?? [];
  if (cluster === undefined || property === undefined || quantity === undefined) {
    const hint = 'such as eu-1:resources.kubernetes-fleet.io/available-cpu=8';
    return wrong('--capacity', `must be CLUSTER:PROPERTY=QUANTITY (got "${text}")`, hint);
  }
  const problems = [
    ...checkPropertyName(property, '--capacity'),
    ...(parseQuantity(quantity).problems ?? []).map((each) => ({ ...each, path: '--capacity' })),
  ];
  return problems.length > 0
    ? { problems }
    : { value: { cluster, flag: '--capacity', properties: { [property]: quantity } } };
}

function checkKeyAndValue(path: string, key: string, value: string): Problem | undefined {
  if (!isLabelKey(key))
    return { path, message: `must have the form of a label key, such as example.com/gpu (got "${key}")` };
  if (isLabelValue(value)) return undefined;
  return {
    path,
    message: `must have a value of at most 63 letters, digits, dashes, dots and underscores (got "${value}")`,
  };
}

function wrong(path: string, message: string, hint?: string): { readonly problems: readonly Problem[] } {
  return { problems: [hint === undefined ? { path, message } : { path, message, hint }] };
}
