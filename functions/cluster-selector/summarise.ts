import type { Choice } from './choose-clusters.ts';
import type { Placement } from './placement.ts';
import type { PlacementPolicy } from './policy.ts';
import type { Surveyed } from './survey.ts';

/** Most reasons that a summary counts. */
const maxReasons = 5;

/** Returns a placement in one sentence, such as `0 of 12 clusters: 5 taint gpu=only:NoSchedule, 3 region is us, not eu`. */
export function summarise(
  fleet: readonly Surveyed[],
  { chosen, blockedBecause }: Choice,
  { minClusters, maxClusters }: PlacementPolicy,
): Placement['summary'] {
  const candidates = fleet.filter(({ candidate }) => candidate !== undefined);
  const selected = chosen.size;
  const isLost = selected === 0 && fleet.some(({ standing }) => standing !== undefined);
  const tally =
    candidates.length === 0 && selected > 0
      ? `no ClusterSet reports any member; ${selected} clusters are kept`
      : `${selected} of ${candidates.length} clusters`;
  const reasons = commonReasons(candidates);
  const message = reasons.length > 0 ? `${tally}: ${reasons.join(', ')}` : tally;
  if (isLost) return { reason: 'Infeasible', message: `${message}; what runs is kept` };
  if (candidates.some(({ rejections }) => rejections[0]?.because === 'error')) {
    return { reason: 'SelectionFailed', message: `${message}; what runs is kept and nothing is added there` };
  }
  if (selected === 0) return { reason: 'NoClusterMatches', message };
  const wanted = maxClusters !== undefined && minClusters < maxClusters ? minClusters : (maxClusters ?? minClusters);
  if (selected < wanted) {
    const uneven = blockedBecause === undefined ? '' : `; ${blockedBecause}`;
    return { reason: 'TooFewClusters', message: `${message}; ${wanted} are wanted${uneven}` };
  }
  return { reason: 'Placed', message };
}

function commonReasons(candidates: readonly Surveyed[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const {
    rejections: [first],
  } of candidates) {
    if (first === undefined) continue;
    const tally = first.tally ?? first.reason;
    counts.set(tally, (counts.get(tally) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, maxReasons)
    .map(([reason, count]) => `${count} ${reason}`);
}
