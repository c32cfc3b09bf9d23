import { type Labels, selects } from './label-selector.ts';
import type { Policy, Wave } from './policy.ts';
import type { Rollout } from './rollout.ts';
import { shareOf } from './share.ts';
import { at, during } from './steps.ts';
import { nothing, type Timeline } from './timeline.ts';

/** How many clusters a wave has, at least and at most, as far as that can be seen. */
export type Size = { readonly least: number; readonly most: number };

/** Returns the clusters that a rollout is about for certain: where something of the composite stood or stands in its time. */
export function certainClusters({ line, at, until, begins }: Rollout): readonly string[] {
  const standing = [...line.standing].filter(([, steps]) =>
    during(steps, at, until).some(({ value }) => (value ?? nothing).content !== ''),
  );
  return [...new Set([...standing.map(([cluster]) => cluster), ...begins.map(({ cluster }) => cluster)])].sort();
}

/** How many clusters a rollout was about throughout: none that joined or left is counted. */
function leastChosen({ line, at: from, until, begins, isFirst }: Rollout): number {
  if (isFirst) return begins.length;
  const standing = (moment: number) =>
    [...line.standing.values()].filter((steps) => (at(steps, moment) ?? nothing).content !== '');
  return Math.min(standing(from).length, standing(until).length);
}

/** Returns how many clusters a wave takes; one that draws all that are left has no bound of its own. */
export function sizeOf(timeline: Timeline, rollout: Rollout, wave: Wave): Size {
  const [certain, all] = [leastChosen(rollout), Math.max(timeline.clusters.size, rollout.line.standing.size)];
  if (wave.count !== undefined) return { least: wave.count, most: wave.count };
  if (wave.percent !== undefined)
    return { least: shareOf(`${wave.percent}%`, certain, 0), most: shareOf(`${wave.percent}%`, all, 0) };
  return { least: 0, most: all };
}

/** Tells whether a wave takes what is left, without a choice. */
export function takesAll({ clusterSelector, count, percent }: Wave): boolean {
  return clusterSelector === undefined && count === undefined && percent === undefined;
}

/** Tells whether the labels of a cluster were right for a wave: at some moment of a span, or at all of them. */
export function fitsWave(
  timeline: Timeline,
  wave: Wave,
  cluster: string,
  span: readonly [number, number],
  how: 'Once' | 'Always',
): boolean {
  if (wave.clusterSelector === undefined) return how === 'Once';
  const profiles = during(timeline.clusters.get(cluster)?.profile ?? [], ...span);
  const fits = profiles.map(({ value }) => selects(wave.clusterSelector, value?.labels ?? ({} as Labels)));
  return how === 'Once' ? fits.includes(true) : fits.length > 0 && !fits.includes(false);
}

/** Returns a policy's waves as they choose clusters, in words that can be compared. */
export function selectionOf({ waves }: Policy): string {
  return JSON.stringify(
    waves.map(({ name, clusterSelector, count, percent }) => [name, clusterSelector, count, percent]),
  );
}
