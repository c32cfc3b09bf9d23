import { describeComposites, manifestsByCluster } from './describe-hub.ts';
import type { Plan } from './plan.ts';
import { type SettledTree, type SettleOptions, settleTree } from './settle-tree.ts';

/** Plans the resources at a path: runs the real functions on an offline hub until nothing is left to do, and returns what came of it. Throws when the path cannot be read. */
export async function runPlan(path: string, options: SettleOptions): Promise<Plan> {
  return describeTree(await settleTree(path, options));
}

/** Returns what came of a tree that has settled. */
export function describeTree({ hub, waves, problems, seconds, isConverged }: SettledTree): Plan {
  return {
    clusters: [...hub.members.keys()].sort(),
    composites: describeComposites(hub, waves),
    manifests: manifestsByCluster(hub),
    problems,
    seconds,
    isConverged,
  };
}
