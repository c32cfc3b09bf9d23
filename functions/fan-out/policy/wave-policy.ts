import type { MaintenanceWindow, Wave } from '../../generated/types.ts';
import { parseDuration } from '../../kube/duration.ts';
import { resolveIntOrPercent } from '../../kube/int-or-percent.ts';
import { checkLabelSelector } from '../../kube/label-selector.ts';
import type { Checked, Problem } from '../../kube/problem.ts';
import { allOpen, anyOpen, compileWindow, type Window } from './maintenance-window.ts';

/** A limit for a number of clusters: the number that a total allows. */
export type Limit = (total: number) => number;

/** One wave of a rollout, checked and with its defaults filled in. */
export type WavePolicy = Pick<Wave, 'name' | 'clusterSelector' | 'percent' | 'count' | 'orderBy'> & {
  readonly maxConcurrent: Limit;
  readonly soakMs: number;
  /** How many different people must approve; 0 for none. */
  readonly quorum: number;
  readonly deadlineMs: number;
  readonly maxFailures: Limit;
  readonly window?: Window;
};

/** What one side says of a wave, and where. The first decides what is no limit; of limits the strictest counts. */
export type WaveLayer = { readonly says: Partial<Wave>; readonly path: string };

const defaultDeadline = '10m';
const defaultConcurrency = '25%';

/** Returns the policy of a wave that several sides speak of, or all that is wrong with it: the longest soak, the largest quorum, the fewest clusters at once, the fewest failures, and no time at which a window of any side is closed. */
export function compileWave(
  selection: Pick<Wave, 'name' | 'clusterSelector' | 'percent' | 'count'>,
  layers: readonly WaveLayer[],
): Checked<WavePolicy> {
  const concurrent = strictest(layers, 'maxConcurrent', 1, defaultConcurrency);
  const failures = strictest(layers, 'maxFailures', 0, 0);
  const soaks = layers.map(({ says, path }) => durationOf(says.soak ?? '0s', `${path}.soak`));
  const deadline = firstOf(layers, ({ says, path }) => says.deadline && durationOf(says.deadline, `${path}.deadline`));
  const windows = layers.map(({ says, path }) => compileWindows(says, path));
  const selectors = layers.flatMap(({ says: { clusterSelector }, path }) =>
    clusterSelector === undefined ? [] : checkLabelSelector(clusterSelector, `${path}.clusterSelector`),
  );
  const problems: readonly Problem[] = [
    ...selectors,
    ...[concurrent, failures, ...soaks, deadline, ...windows].flatMap((each) => each?.problems ?? []),
  ];
  if (problems.length > 0 || concurrent.value === undefined || failures.value === undefined) return { problems };
  const { name, clusterSelector, percent, count } = selection;
  const orderBy = firstOf(layers, ({ says }) => says.orderBy);
  const window = allOpen(windows.flatMap(({ value }) => value ?? []));
  return {
    value: {
      name,
      ...(clusterSelector !== undefined && { clusterSelector }),
      ...(percent !== undefined && { percent }),
      ...(count !== undefined && { count }),
      ...(orderBy !== undefined && { orderBy }),
      maxConcurrent: concurrent.value,
      soakMs: Math.max(0, ...soaks.map(({ value = 0 }) => value)),
      quorum: Math.max(
        0,
        ...layers.map(({ says: { approval } }) => (approval === undefined ? 0 : (approval.quorum ?? 1))),
      ),
      deadlineMs: deadline?.value ?? parseDuration(defaultDeadline) ?? 0,
      maxFailures: failures.value,
      ...(window !== undefined && { window }),
    },
  };
}

/** Returns the window that somebody speaks of: open while any of several is; nothing when always is meant. */
export function compileWindows(
  { window, windows = [] }: { readonly window?: MaintenanceWindow; readonly windows?: readonly MaintenanceWindow[] },
  path: string,
): Checked<Window | undefined> {
  const compiled = [
    ...(window === undefined ? [] : [compileWindow(window, `${path}.window`)]),
    ...windows.map((each, index) => compileWindow(each, `${path}.windows[${index}]`)),
  ];
  const problems = compiled.flatMap((each) => each.problems ?? []);
  return problems.length > 0 ? { problems } : { value: anyOpen(compiled.flatMap(({ value }) => value ?? [])) };
}

/** Returns a limit as the number of clusters it allows of a total, at least `least` unless it is 0 itself, or what is wrong with it. */
export function limitOf(value: number | string, least: number, path: string, rounding: 'up' | 'down'): Checked<Limit> {
  const checked = resolveIntOrPercent(value, 1, rounding);
  if (checked.problems !== undefined) return { problems: checked.problems.map((problem) => ({ ...problem, path })) };
  if (value === 0) return { value: () => 0 };
  return { value: (total) => Math.max(least, resolveIntOrPercent(value, total, rounding).value ?? 0) };
}

function strictest(
  layers: readonly WaveLayer[],
  field: 'maxConcurrent' | 'maxFailures',
  least: number,
  otherwise: number | string,
): Checked<Limit> {
  const said = layers.flatMap(({ says, path }) => {
    const value = says[field];
    return value === undefined ? [] : [limitOf(value, least, `${path}.${field}`, 'up')];
  });
  const limits = said.length === 0 ? [limitOf(otherwise, least, field, 'up')] : said;
  const problems = limits.flatMap((each) => each.problems ?? []);
  const values = limits.flatMap(({ value }) => value ?? []);
  return problems.length > 0 ? { problems } : { value: (total) => Math.min(...values.map((limit) => limit(total))) };
}

function firstOf<Found>(
  layers: readonly WaveLayer[],
  find: (layer: WaveLayer) => Found | '' | undefined,
): Found | undefined {
  for (const layer of layers) {
    const found = find(layer);
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

function durationOf(text: string, path: string): Checked<number> {
  const value = parseDuration(text);
  return value === undefined
    ? { problems: [{ path, message: `must be a duration such as 1h30m or 90s (got "${text}")` }] }
    : { value };
}
