import { durationMs } from './duration.ts';
import { entriesAt, field, listAt, numberAt, textAt } from './json-field.ts';
import { at } from './steps.ts';
import type { CompositeLine, Timeline } from './timeline.ts';

/** A wave as it was asked for, with what is said for all waves filled in. */
export type Wave = {
  readonly name: string;
  readonly clusterSelector?: unknown;
  readonly count?: number;
  readonly percent?: number;
  readonly maxConcurrent: unknown;
  readonly soakMs: number;
  readonly deadlineMs: number;
  readonly maxFailures: unknown;
  readonly windows: readonly unknown[];
  readonly quorum: number;
  readonly orderBy?: string;
};

/** How a rollout was to go at some moment. */
export type Policy = {
  readonly waves: readonly Wave[];
  readonly maxJoining: unknown;
  readonly maxRemovals: unknown;
  readonly unreachable: string;
  readonly onFailure: string;
  readonly scaleImmediately: boolean;
  readonly isPaused: boolean;
};

const defaultWaves = [
  { name: 'first', count: 1 },
  { name: 'quarter', percent: 25, maxConcurrent: '100%' },
];

/** Returns how changes of a composite were to reach its clusters at a moment: by its own word, else its ComputeNamespace's, else its Tier's, else by default. */
export function policyAt(timeline: Timeline, line: CompositeLine, moment: number): Policy {
  const sources = ancestors(timeline, line, moment).map((each) => field(at(each.wishes, moment)?.spec, 'rollout'));
  const own = sources[0];
  const floor = field(sources.at(-1), 'required');
  const said = (name: string) => sources.map((source) => field(source, name)).find((value) => value !== undefined);
  const asked = said('waves');
  const shared = { maxConcurrent: said('maxConcurrent'), soak: said('soak'), deadline: said('deadline') };
  const more = {
    maxFailures: said('maxFailures'),
    window: said('window'),
    windows: said('windows'),
    orderBy: said('orderBy'),
  };
  const required = listAt(floor, 'waves');
  const names = new Set(required.map((wave) => textAt(wave, 'name')));
  const given = (Array.isArray(asked) ? asked : defaultWaves).filter((wave) => !names.has(textAt(wave, 'name')));
  const waves = [...required, ...given].map((wave) =>
    waveOf({ ...defined({ ...shared, ...more }), ...defined(wave) }, floor),
  );
  const takesAll = (wave: Wave) => [wave.clusterSelector, wave.count, wave.percent].every((each) => each === undefined);
  const rest = waveOf(defined({ ...shared, ...more, name: 'rest' }), floor);
  return {
    waves: waves.some(takesAll) ? waves : [...waves, rest],
    maxJoining: said('maxJoining') ?? '25%',
    maxRemovals: said('maxRemovals') ?? '10%',
    unreachable: String(said('unreachable') ?? 'Skip'),
    onFailure: String(said('onFailure') ?? 'Pause'),
    scaleImmediately: said('scaleImmediately') !== false,
    isPaused: field(own, 'paused') === true,
  };
}

/** Returns a composite with those that it refers to: its ComputeNamespace and its Tier. */
export function ancestors(timeline: Timeline, line: CompositeLine, moment: number): readonly CompositeLine[] {
  const spec = at(line.wishes, moment)?.spec;
  const find = (kind: string, namespace: string | undefined, name: string | undefined) =>
    timeline.composites.find((each) => each.kind === kind && each.namespace === namespace && each.name === name);
  const home = find('ComputeNamespace', line.namespace, textAt(spec, 'computeNamespace'));
  const parent = home ?? find('Tier', textAt(spec, 'tier', 'namespace'), textAt(spec, 'tier', 'name'));
  return parent === undefined || parent === line ? [line] : [line, ...ancestors(timeline, parent, moment)];
}

function defined(value: unknown): object {
  return Object.fromEntries(entriesAt(value).filter(([, each]) => each !== undefined));
}

function waveOf(wave: object, floor: unknown): Wave {
  const count = numberAt(wave, 'count');
  const percent = numberAt(wave, 'percent');
  const clusterSelector = field(wave, 'clusterSelector');
  const orderBy = textAt(wave, 'orderBy');
  const window = field(wave, 'window');
  const approval = field(wave, 'approval');
  return {
    name: textAt(wave, 'name') ?? '',
    ...(clusterSelector !== undefined && { clusterSelector }),
    ...(count !== undefined && { count }),
    ...(percent !== undefined && { percent }),
    ...(orderBy !== undefined && { orderBy }),
    maxConcurrent: field(wave, 'maxConcurrent') ?? '25%',
    soakMs: Math.max(durationMs(textAt(wave, 'soak')), durationMs(textAt(floor, 'soak'))),
    deadlineMs: durationMs(textAt(wave, 'deadline') ?? '10m'),
    maxFailures: field(wave, 'maxFailures') ?? 0,
    windows: window === undefined ? listAt(wave, 'windows') : [window],
    quorum: Math.max(quorumOf(approval), quorumOf(field(floor, 'approval'))),
  };
}

function quorumOf(approval: unknown): number {
  return approval === undefined ? 0 : (numberAt(approval, 'quorum') ?? 1);
}
