import type { ComputeNamespaceSpec, TierPolicy, TierSpec } from '../generated/types.ts';
import type { NamespaceFacts } from './namespace-facts.ts';

/** Returns the facts of a plain ComputeNamespace `shop` of the hub namespace `team`, for tests. */
export function sampleFacts(
  spec: Partial<ComputeNamespaceSpec> = {},
  tierSpec: Partial<TierSpec> = {},
  policy: Partial<TierPolicy> = {},
): NamespaceFacts {
  const tier = { namespace: 'platform', name: 'prod' };
  return {
    name: 'shop',
    hubNamespace: 'team',
    namespace: 'team-shop',
    spec: { tier, ...spec },
    tier,
    tierSpec: { platform: 'web', ...tierSpec },
    policy: { podSecurity: 'Baseline', deletionPolicy: 'Protect', ...policy },
  };
}
