import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Placement as PlacementSpec } from '../generated/types.ts';
import type { DividedComponents, Replicas } from './divide-components.ts';
import type { LossTerms, LostClusters } from './lost-clusters.ts';
import type { Placement, Present } from './placement.ts';

/** Most clusters that a summary names. */
const maxNamed = 5;

/** Returns when others run the replicas of a cluster that is lost, and when it gets them back: five minutes each, where nothing is said; never, where that is turned off or ill health is no reason to go. */
export function lossTerms({
  replicas,
  reschedule = ['Unhealthy'],
  failoverAfterSeconds = 300,
  failbackAfterSeconds = 300,
}: PlacementSpec): LossTerms {
  const isOn = replicas?.mode === 'Divided' && replicas.replaceLost !== false && reschedule.includes('Unhealthy');
  return {
    ...(isOn && { failoverAfterMs: failoverAfterSeconds * 1000 }),
    failbackAfterMs: failbackAfterSeconds * 1000,
  };
}

/** Returns what is to be said of each cluster whose replicas others run. */
export function explainLosses(
  chosen: readonly Candidate[],
  present: readonly Present[],
  { replaced }: Pick<LostClusters, 'replaced'>,
): ReadonlyMap<string, string> {
  const held = new Map(present.filter(({ leaving }) => !leaving).map(({ cluster, replicas }) => [cluster, replicas]));
  return new Map(
    chosen.flatMap(({ facts: { name }, isHealthy }) => {
      const count = sum(held.get(name) ?? {});
      if (!replaced.has(name) || count === 0) return [];
      const until = isHealthy ? 'until it has been well for long enough' : 'until it is well again';
      return [[name, `the ${count} replicas there do not count, others run them ${until}`]];
    }),
  );
}

/** Returns a summary that says which clusters' replicas are run by others. */
export function withLosses(
  { reason, message }: Placement['summary'],
  losses: ReadonlyMap<string, string>,
): Placement['summary'] {
  if (losses.size === 0) return { reason, message };
  const names = [...losses.keys()].slice(0, maxNamed).join(', ');
  const more = losses.size > maxNamed ? ` and ${losses.size - maxNamed} more` : '';
  return { reason, message: `${message}; the replicas of ${names}${more} do not count, others run them` };
}

/** Returns the clusters, sorted, whose replicas others run: those that are lost, and those that are back as long as too many are held. */
export function stillReplaced(
  { replaced, returned }: Pick<LostClusters, 'replaced' | 'returned'>,
  totals: Replicas,
  present: readonly Present[],
  { byCluster }: DividedComponents,
): readonly string[] {
  const counted = present.filter(
    ({ cluster, leaving }) => !leaving && !replaced.has(cluster) && byCluster.has(cluster),
  );
  const isTooMany = Object.entries(totals).some(
    ([component, total]) => counted.reduce((so, { replicas }) => so + (replicas[component] ?? 0), 0) > total,
  );
  return [...replaced, ...(isTooMany ? returned : [])].sort();
}

function sum(replicas: Replicas): number {
  return Object.values(replicas).reduce((so, count) => so + count, 0);
}
