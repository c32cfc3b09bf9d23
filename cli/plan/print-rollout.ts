import { formatSeconds, listNames } from '../output/table.ts';
import type { Move, PlannedComposite, Wait } from './plan.ts';

/** Clusters of a wave that go one after the other are told one by one up to so many steps. */
const mostSteps = 3;

/** Returns a rollout as a timeline of rows: when, which wave, and which clusters moved and how long it took them to get healthy, or what was waited for. */
export function rolloutRows({
  moves,
  waits,
}: Pick<PlannedComposite, 'moves' | 'waits'>): readonly (readonly string[])[] {
  const entries: readonly (Move | Wait)[] = [...waits, ...moves.filter(({ change }) => change !== 'healthy')];
  const runs: (Move | Wait)[][] = [];
  for (const entry of entries.toSorted((a, b) => a.seconds - b.seconds)) {
    const run = runs.at(-1);
    if (run !== undefined && continues(run, entry)) run.push(entry);
    else runs.push([entry]);
  }
  const health = healthTimes(moves);
  return runs.flatMap((run) => {
    const steps = run.filter((entry) => 'change' in entry);
    return steps.length > mostSteps ? [wholeRow(steps, health)] : run.map((entry) => row(entry, health));
  });
}

function continues([first]: readonly (Move | Wait)[], entry: Move | Wait): boolean {
  if (first === undefined || !('change' in first) || !('change' in entry)) return false;
  return first.wave === entry.wave && first.change === entry.change;
}

/** When each cluster was healthy, in order of time. */
type HealthTimes = ReadonlyMap<string, readonly number[]>;

function healthTimes(moves: readonly Move[]): HealthTimes {
  const times = new Map<string, number[]>();
  for (const { change, clusters, seconds } of moves)
    if (change === 'healthy') for (const each of clusters) times.set(each, [...(times.get(each) ?? []), seconds]);
  return times;
}

function row(entry: Move | Wait, health: HealthTimes): readonly string[] {
  const when = `+${formatSeconds(entry.seconds)}`;
  const text =
    'change' in entry
      ? [`${listNames(entry.clusters)} ${entry.change}`, ...outcome([entry], health)].join(', ')
      : tellWait(entry);
  return [when, entry.wave ?? '', text];
}

function wholeRow(steps: readonly Move[], health: HealthTimes): readonly string[] {
  const [first, last] = [steps[0], steps.at(-1)];
  const clusters = [...new Set(steps.flatMap((step) => step.clusters))];
  const most = Math.max(...steps.map((step) => step.clusters.length));
  const pace = `${first?.change ?? ''} in ${steps.length} steps of up to ${most}`;
  return [
    `+${formatSeconds(first?.seconds ?? 0)} to +${formatSeconds(last?.seconds ?? 0)}`,
    first?.wave ?? '',
    [`${listNames(clusters)} ${pace}`, ...outcome(steps, health)].join(', '),
  ];
}

/** How long it took, from each cluster's own step, until all were healthy. */
function outcome(steps: readonly Move[], health: HealthTimes): readonly string[] {
  if (steps.some(({ change }) => change === 'leaving')) return [];
  const all = steps.flatMap(({ seconds, clusters }) => clusters.map((cluster) => ({ cluster, seconds })));
  const taken = all.flatMap(({ cluster, seconds }) => {
    const at = health.get(cluster)?.find((time) => time >= seconds);
    return at === undefined ? [] : [at - seconds];
  });
  if (taken.length < all.length) return [`${taken.length} of ${all.length} healthy`];
  const longest = Math.max(...taken);
  return [longest === 0 ? 'healthy at once' : `healthy after ${formatSeconds(longest)}`];
}

function tellWait({ why, until, isGiven }: Wait): string {
  if (isGiven) return `${why}; the plan goes on as if they were given`;
  if (until !== undefined) return `${why} (+${formatSeconds(until)})`;
  return why.startsWith('stands still') ? why : `stands still: ${why}`;
}
