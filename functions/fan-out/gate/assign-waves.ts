import type { Labels } from '../../kube/label-requirement.ts';
import { matchesLabelSelector } from '../../kube/label-selector.ts';
import { rendezvousOrder } from '../../kube/rendezvous.ts';
import type { WavePolicy } from '../policy/rollout-policy.ts';

/** A cluster that belongs to some wave. */
export type WaveCandidate = {
  readonly name: string;
  readonly labels: Labels;
  /** Smaller is taken first where a wave takes a number of clusters: what has the target already, then what can take it. */
  readonly rank: number;
};

/**
 * Returns the place of each cluster's wave: the first that it fits. A wave that takes a number or a share of all clusters
 * picks by rank, then by rendezvous hash of the revision and the cluster, so that each revision begins on others and
 * clusters that come or go hardly move the rest. The last wave must take every cluster.
 */
export function assignWaves(
  clusters: readonly WaveCandidate[],
  waves: readonly Pick<WavePolicy, 'clusterSelector' | 'percent' | 'count'>[],
  revision: string,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let left: readonly WaveCandidate[] = clusters;
  for (const [place, wave] of waves.entries()) {
    const taken = new Set(takenBy(wave, left, clusters.length, revision));
    for (const name of taken) places.set(name, place);
    left = left.filter(({ name }) => !taken.has(name));
  }
  return places;
}

function takenBy(
  { clusterSelector, percent, count }: Pick<WavePolicy, 'clusterSelector' | 'percent' | 'count'>,
  left: readonly WaveCandidate[],
  total: number,
  revision: string,
): readonly string[] {
  if (clusterSelector !== undefined) {
    return left.filter(({ labels }) => matchesLabelSelector(clusterSelector, labels)).map(({ name }) => name);
  }
  const size = count ?? (percent === undefined ? left.length : Math.ceil((percent * total) / 100));
  if (size >= left.length) return left.map(({ name }) => name);
  const ranks = new Map(left.map(({ name, rank }) => [name, rank]));
  const drawn = rendezvousOrder(
    revision,
    left.map(({ name }) => name),
  );
  return drawn.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)).slice(0, size);
}
