import type { ClusterFacts } from '../../functions/clusters/cluster-facts.ts';
import type { Taint } from '../../functions/clusters/taints.ts';
import type { Toleration } from '../../functions/generated/types.ts';

/** Seconds after the moment at which a question is asked. */
type Seconds = number;

/** A cluster as the ocm-placement tables write it. */
export interface OcmCluster {
  readonly name: string;
  readonly labels?: { readonly [key: string]: string };
  readonly claims?: { readonly [name: string]: string };
  readonly taints?: readonly {
    readonly key: string;
    readonly value: string;
    readonly effect: keyof typeof effects;
    readonly added?: Seconds | null;
  }[];
  readonly allocatable?: { readonly [resource: string]: string };
}

/** A toleration as the ocm-placement tables write it; an empty text stands for nothing said. */
export interface OcmToleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists' | '';
  readonly value: string;
  readonly effect: keyof typeof effects | '';
  readonly seconds?: Seconds | null;
}

const effects = {
  NoSelect: 'NoExecute',
  NoSelectIfNew: 'NoSchedule',
  PreferNoSelect: 'PreferNoSchedule',
} as const;

/** Returns the taints of a cluster; one that does not say when it was added is as old as can be, which Go calls the zero time. */
export function taintsOf({ taints = [] }: OcmCluster): readonly Taint[] {
  return taints.map(({ key, value, effect, added }) => ({
    key,
    value,
    effect: effects[effect],
    since: (added ?? Number.NEGATIVE_INFINITY) * 1000,
  }));
}

/** Returns the tolerations of a placement. */
export function tolerationsOf(tolerations: readonly OcmToleration[]): readonly Toleration[] {
  return tolerations.map(({ key, operator, value, effect, seconds }) => ({
    key,
    ...(operator !== '' && { operator }),
    value,
    ...(effect !== '' && { effect: effects[effect] }),
    ...(typeof seconds === 'number' && { tolerationSeconds: seconds }),
  }));
}

/** Returns what is known of a cluster; its claims are labels with a prefix, for they are selected in the same way. */
export function factsOf({ name, labels = {}, claims = {} }: OcmCluster): ClusterFacts {
  const claimed = Object.entries(claims).map(([claim, value]) => [claimLabel(claim), value]);
  return { name, labels: { ...labels, ...Object.fromEntries(claimed) }, properties: {}, version: '', set: '' };
}

/** Returns the label that stands for a claim. */
export function claimLabel(claim: string): string {
  return `claim.${claim}`;
}
