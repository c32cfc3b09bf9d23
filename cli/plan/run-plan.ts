import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import { describeComposites, manifestsByCluster } from './describe-hub.ts';
import { findNotes } from './find-notes.ts';
import type { Plan } from './plan.ts';
import { type SettledTree, settleTree, type TreeOptions } from './settle-tree.ts';

/** Plans the resources at a path: runs the real functions on an offline hub until nothing is left to do, and returns what came of it. Throws when the path cannot be read. */
export async function runPlan(path: string, options: TreeOptions): Promise<Plan> {
  return describeTree(await settleTree(path, options));
}

/** Returns what came of a tree that has settled. */
export async function describeTree(tree: SettledTree): Promise<Plan> {
  const { hub, problems, startedAt, seconds, isConverged } = tree;
  return {
    clusters: [...hub.members.keys()].sort(),
    composites: await describeComposites(tree),
    manifests: manifestsByCluster(hub),
    problems,
    notes: findNotes(hub),
    startedAt: formatTimestamp(startedAt),
    seconds,
    isConverged,
  };
}
