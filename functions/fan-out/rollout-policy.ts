import type { Rollout } from '../generated/types.ts';
import { resolveIntOrPercent } from '../kube/int-or-percent.ts';
import type { Checked } from '../kube/problem.ts';

/** How fast clusters may change: numbers resolved against the size of the fleet at hand. */
export type RolloutPolicy = {
  /** Clusters that may be on their way at once, once the target is proven on one. */
  readonly maxConcurrent: number;
  /** Clusters that may be on their way before the target is proven on any. */
  readonly maxUnproven: number;
  /** Clusters that may leave in one evaluation without anybody's approval. */
  readonly maxRemovals: number;
};

/** Returns the policy for a number of clusters: one cluster first, then a quarter; one removal or a tenth, unless the rollout says otherwise. */
export function resolveRollout(
  rollout: Rollout,
  clusters: number,
  present: number,
  path: string,
): Checked<RolloutPolicy> {
  const concurrent = resolveIntOrPercent(rollout.maxConcurrent ?? '25%', clusters, 'up');
  const removals = resolveIntOrPercent(rollout.maxRemovals ?? '10%', present, 'down');
  if (concurrent.problems !== undefined || removals.problems !== undefined) {
    const at = (field: string, checked: Checked<number>) =>
      (checked.problems ?? []).map((problem) => ({ ...problem, path: `${path}.${field}` }));
    return { problems: [...at('maxConcurrent', concurrent), ...at('maxRemovals', removals)] };
  }
  const maxConcurrent = Math.max(1, concurrent.value);
  return {
    value: {
      maxConcurrent,
      maxUnproven: rollout.maxConcurrent === undefined ? 1 : maxConcurrent,
      maxRemovals: Math.max(1, removals.value),
    },
  };
}
