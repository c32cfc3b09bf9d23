import type { RolloutRecord } from '../../generated/types.ts';
import { contentHash } from '../../kube/content-hash.ts';
import type { Json } from '../../kube/json.ts';
import type { WavePolicy } from '../policy/wave-policy.ts';
import type { Settled } from './assign-waves.ts';

/** Returns what a rollout remembers of its waves, those that are gone from the policy included. */
export function settledBy(run: Pick<RolloutRecord, 'waves' | 'asks'>, waves: readonly WavePolicy[]): Settled {
  const waveOf = new Map<string, string>();
  for (const { name, clusters = [] } of run.waves) {
    for (const cluster of clusters) waveOf.set(cluster, name);
  }
  const filled = new Set<string>();
  for (const policy of waves) {
    const clusters = rememberedClusters(run, policy);
    if (clusters === undefined) continue;
    filled.add(policy.name);
    for (const cluster of clusters) waveOf.set(cluster, policy.name);
  }
  const passed = new Set(run.waves.flatMap(({ name, passed: hasPassed }) => (hasPassed === true ? [name] : [])));
  return { waveOf, filled, passed };
}

/**
 * Returns the clusters that a wave of the policy has taken in, if any are remembered. What it drew before it opened is
 * drawn again once its settings say to choose otherwise.
 */
export function rememberedClusters(
  { waves, asks }: Pick<RolloutRecord, 'waves' | 'asks'>,
  policy: WavePolicy,
): readonly string[] | undefined {
  const known = waves.find(({ name }) => name === policy.name);
  if (known === undefined || known.openedAt !== undefined) return known?.clusters;
  const ask = asks?.find(({ wave }) => wave === policy.name);
  return ask === undefined || ask.terms === termsOf(policy) ? known.clusters : undefined;
}

/** Returns the hash of the settings by which a wave chooses its clusters. */
export function termsOf({
  clusterSelector,
  percent,
  count,
}: Pick<WavePolicy, 'clusterSelector' | 'percent' | 'count'>): string {
  const terms = { ...(clusterSelector && { clusterSelector }), ...(percent && { percent }), ...(count && { count }) };
  return contentHash(terms as Json, 10);
}
