import type { Rollout, Wave } from '../../generated/types.ts';
import { parseDuration } from '../../kube/duration.ts';
import { resolveIntOrPercent } from '../../kube/int-or-percent.ts';
import { checkLabelSelector } from '../../kube/label-selector.ts';
import type { Checked, Problem } from '../../kube/problem.ts';
import { compileWindow, type Window } from './maintenance-window.ts';

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

/** How a rollout goes. */
export type RolloutPolicy = {
  /** The last one takes what fits no other. */
  readonly waves: readonly WavePolicy[];
  readonly maxJoining: Limit;
  readonly maxRemovals: Limit;
  readonly unreachable: 'Skip' | 'Wait' | 'Fail';
  readonly onFailure: 'Pause' | 'Rollback';
  readonly scaleImmediately: boolean;
  /** When clusters may leave or join that belong to no wave of their own. */
  readonly window?: Window;
};

/** Name of the wave for clusters that fit none that was asked for. */
const lastWave = 'rest';

/** Without waves of one's own: one cluster, then a quarter, then the rest. Nothing ever goes everywhere at once. */
const defaultWaves: readonly Wave[] = [
  { name: 'first', count: 1 },
  { name: 'quarter', percent: 25, maxConcurrent: '100%' },
];

const defaultDeadline = '10m';

/** Returns the policy that a rollout's settings stand for, or all that is wrong with them; what a wave does not say is said for all, else by default. */
export function resolveRollout(rollout: Rollout, path: string): Checked<RolloutPolicy> {
  const shared = sharedBy(rollout);
  const asked =
    rollout.waves?.map((wave) => ({ ...shared, ...wave })) ?? defaultWaves.map((wave) => ({ ...wave, ...shared }));
  const takesAll = ({ clusterSelector, percent, count }: Wave) => !clusterSelector && !percent && !count;
  const waves = asked.some(takesAll) ? asked : [...asked, { ...shared, name: freeName(asked) }];
  const compiled = waves.map((wave, index) =>
    compileWave(wave, index < (rollout.waves?.length ?? 0) ? `${path}.waves[${index}]` : path),
  );
  const joining = limitOf(rollout.maxJoining ?? '25%', 1, `${path}.maxJoining`, 'up');
  const removals = limitOf(rollout.maxRemovals ?? '10%', 1, `${path}.maxRemovals`, 'down');
  const window = rollout.window && compileWindow(rollout.window, `${path}.window`);
  const problems = [...compiled, joining, removals, window].flatMap((each) => each?.problems ?? []);
  if (problems.length > 0 || joining.value === undefined || removals.value === undefined) return { problems };
  return {
    value: {
      waves: compiled.flatMap(({ value }) => value ?? []),
      maxJoining: joining.value,
      maxRemovals: removals.value,
      unreachable: rollout.unreachable ?? 'Skip',
      onFailure: rollout.onFailure ?? 'Pause',
      scaleImmediately: rollout.scaleImmediately ?? true,
      ...(window?.value !== undefined && { window: window.value }),
    },
  };
}

/** What a rollout says for all waves that do not say it themselves. */
function sharedBy({ maxConcurrent, soak, deadline, maxFailures, orderBy, window }: Rollout): Partial<Wave> {
  return {
    ...(maxConcurrent !== undefined && { maxConcurrent }),
    ...(soak !== undefined && { soak }),
    ...(deadline !== undefined && { deadline }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(orderBy !== undefined && { orderBy }),
    ...(window !== undefined && { window }),
  };
}

function freeName(waves: readonly Wave[]): string {
  const names = new Set(waves.map(({ name }) => name));
  let name = lastWave;
  while (names.has(name)) name = `${name}-of-all`;
  return name;
}

function compileWave(wave: Wave, path: string): Checked<WavePolicy> {
  const concurrent = limitOf(wave.maxConcurrent ?? '25%', 1, `${path}.maxConcurrent`, 'up');
  const failures = limitOf(wave.maxFailures ?? 0, 0, `${path}.maxFailures`, 'up');
  const soak = durationOf(wave.soak ?? '0s', `${path}.soak`);
  const deadline = durationOf(wave.deadline ?? defaultDeadline, `${path}.deadline`);
  const window = wave.window && compileWindow(wave.window, `${path}.window`);
  const selector = wave.clusterSelector ? checkLabelSelector(wave.clusterSelector, `${path}.clusterSelector`) : [];
  const problems: readonly Problem[] = [
    ...selector,
    ...[concurrent, failures, soak, deadline, window].flatMap((each) => each?.problems ?? []),
  ];
  const { name, clusterSelector, percent, count, orderBy } = wave;
  if (problems.length > 0 || concurrent.value === undefined || failures.value === undefined) return { problems };
  return {
    value: {
      name,
      ...(clusterSelector !== undefined && { clusterSelector }),
      ...(percent !== undefined && { percent }),
      ...(count !== undefined && { count }),
      ...(orderBy !== undefined && { orderBy }),
      maxConcurrent: concurrent.value,
      soakMs: soak.value ?? 0,
      quorum: wave.approval === undefined ? 0 : (wave.approval.quorum ?? 1),
      deadlineMs: deadline.value ?? 0,
      maxFailures: failures.value,
      ...(window?.value !== undefined && { window: window.value }),
    },
  };
}

function limitOf(value: number | string, least: number, path: string, rounding: 'up' | 'down'): Checked<Limit> {
  const checked = resolveIntOrPercent(value, 1, rounding);
  if (checked.problems !== undefined) return { problems: checked.problems.map((problem) => ({ ...problem, path })) };
  return { value: (total) => Math.max(least, resolveIntOrPercent(value, total, rounding).value ?? 0) };
}

function durationOf(text: string, path: string): Checked<number> {
  const value = parseDuration(text);
  return value === undefined
    ? { problems: [{ path, message: `must be a duration such as 1h30m or 90s (got "${text}")` }] }
    : { value };
}
