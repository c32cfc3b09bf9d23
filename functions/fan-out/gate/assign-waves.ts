import type { Labels } from '../../kube/label-requirement.ts';
import { matchesLabelSelector } from '../../kube/label-selector.ts';
import { rendezvousOrder } from '../../kube/rendezvous.ts';
import type { WavePolicy } from '../policy/wave-policy.ts';

/** A cluster that belongs to some wave. */
export type WaveCandidate = {
  readonly name: string;
  readonly labels: Labels;
  /** Smaller is drawn first where a wave takes a number of clusters. */
  readonly rank: number;
  /** Whether it could show what a revision is worth: it can be reached and may change. */
  readonly isAble: boolean;
};

/** What a rollout has settled about its waves so far. */
export type Settled = {
  /** The wave that a cluster belongs to, by cluster. */
  readonly waveOf: ReadonlyMap<string, string>;
  /** Names of the waves that have taken in clusters. */
  readonly filled: ReadonlySet<string>;
  /** Names of those among them that have passed: they have nothing to prove any more. */
  readonly passed: ReadonlySet<string>;
};

/** How a wave chooses its clusters. */
export type Selection = Pick<WavePolicy, 'name' | 'clusterSelector' | 'percent' | 'count'>;

/**
 * Returns the place of each cluster's wave. A cluster that a wave has taken in stays there. The others belong to the first
 * wave that they fit: by labels, or drawn where a wave takes a number or a share of all clusters, which it does once; by
 * rank, then by rendezvous hash of the revision and the cluster, so that each revision begins on others. A wave that has
 * drawn only what cannot be reached or may not change draws one more, unless it has passed. The last wave must take every
 * cluster.
 */
export function assignWaves(
  clusters: readonly WaveCandidate[],
  waves: readonly Selection[],
  revision: string,
  { waveOf, filled, passed }: Settled,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const placeOf = new Map(waves.map(({ name }, place) => [name, place]));
  const able = new Set<number>();
  let left: WaveCandidate[] = [];
  for (const cluster of clusters) {
    const wave = waveOf.get(cluster.name);
    const place = wave === undefined ? undefined : placeOf.get(wave);
    if (place === undefined) left.push(cluster);
    else places.set(cluster.name, place);
    if (place !== undefined && cluster.isAble) able.add(place);
  }
  const settled = new Set(places.values());
  for (const [place, wave] of waves.entries()) {
    const isFilled = filled.has(wave.name);
    const least = isFilled && !passed.has(wave.name) && settled.has(place) && !able.has(place) ? 1 : 0;
    const taken = new Set(takenBy(wave, left, clusters.length, revision, isFilled ? least : undefined));
    for (const name of taken) places.set(name, place);
    left = left.filter(({ name }) => !taken.has(name));
  }
  return places;
}

/** Returns who of those that are left belongs to a wave; `size` stands for its number or share once it has drawn. */
function takenBy(
  { clusterSelector, percent, count }: Partial<Selection>,
  left: readonly WaveCandidate[],
  total: number,
  revision: string,
  size: number | undefined,
): readonly string[] {
  if (clusterSelector !== undefined) {
    return left.filter(({ labels }) => matchesLabelSelector(clusterSelector, labels)).map(({ name }) => name);
  }
  if (count === undefined && percent === undefined) return left.map(({ name }) => name);
  const wanted = size ?? count ?? Math.ceil(((percent ?? 0) * total) / 100);
  if (wanted === 0) return [];
  const candidates = size === undefined ? left : left.filter(({ isAble }) => isAble);
  if (wanted >= candidates.length) return candidates.map(({ name }) => name);
  const ranks = new Map(candidates.map(({ name, rank }) => [name, rank]));
  const drawn = rendezvousOrder(revision, [...ranks.keys()]);
  return drawn.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)).slice(0, wanted);
}
