import { formatSeconds, listNames } from '../output/table.ts';
import type { Wave } from './plan.ts';

/** Returns a rollout as a timeline: each row a moment, the clusters that moved at it, and how long until all of them were healthy. */
export function waveRows(waves: readonly Wave[]): readonly (readonly string[])[] {
  const moves = waves.filter(({ change }) => change !== 'healthy');
  return moves.map((wave) => [
    `+${formatSeconds(wave.seconds)}`,
    wave.change,
    listNames(wave.clusters),
    outcome(wave, waves),
  ]);
}

function outcome({ seconds, change, clusters }: Wave, waves: readonly Wave[]): string {
  if (change === 'leaving') return '';
  const times = clusters.flatMap((cluster) => {
    const healthy = waves.find(
      (wave) => wave.change === 'healthy' && wave.seconds >= seconds && wave.clusters.includes(cluster),
    );
    return healthy === undefined ? [] : [healthy.seconds - seconds];
  });
  if (times.length < clusters.length) return `${times.length} of ${clusters.length} healthy`;
  const longest = Math.max(...times);
  return longest === 0 ? 'healthy at once' : `healthy after ${formatSeconds(longest)}`;
}
