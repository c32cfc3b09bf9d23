import type { Rollout, RolloutFloor, Wave } from '../../generated/types.ts';
import type { Checked } from '../../kube/problem.ts';
import { allOpen, type Window } from './maintenance-window.ts';
import { compileWave, compileWindows, type Limit, limitOf, type WaveLayer, type WavePolicy } from './wave-policy.ts';

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

/** Where mistakes of a Tier's floor are. */
const floorPath = 'spec.rollout.required of the Tier';

/**
 * Returns the policy that a rollout's settings stand for, or all that is wrong with them; what a wave does not say is said
 * for all, else by default. Waves that a Tier requires come first and take their clusters first; a wave of the same name
 * adds to them, and whatever else a Tier requires holds for every wave.
 */
export function resolveRollout(
  rollout: Rollout,
  path: string,
  floors: readonly RolloutFloor[] = [],
): Checked<RolloutPolicy> {
  const compiled = wavesOf(rollout, path, floors).map(({ selection, layers }) => compileWave(selection, layers));
  const joining = limitOf(rollout.maxJoining ?? '25%', 1, `${path}.maxJoining`, 'up');
  const removals = [
    limitOf(rollout.maxRemovals ?? '10%', 1, `${path}.maxRemovals`, 'down'),
    ...floors.flatMap(({ maxRemovals }) =>
      maxRemovals === undefined ? [] : [limitOf(maxRemovals, 1, `${floorPath}.maxRemovals`, 'down')],
    ),
  ];
  const windows = [compileWindows(rollout, path), ...floors.map((floor) => compileWindows(floorOf(floor), floorPath))];
  const problems = [...compiled, joining, ...removals, ...windows].flatMap((each) => each.problems ?? []);
  if (problems.length > 0 || joining.value === undefined) return { problems };
  const limits = removals.flatMap(({ value }) => value ?? []);
  const window = allOpen(windows.flatMap(({ value }) => value ?? []));
  return {
    value: {
      waves: compiled.flatMap(({ value }) => value ?? []),
      maxJoining: joining.value,
      maxRemovals: (total) => Math.min(...limits.map((limit) => limit(total))),
      unreachable: rollout.unreachable ?? 'Skip',
      onFailure: rollout.onFailure ?? 'Pause',
      scaleImmediately: rollout.scaleImmediately ?? true,
      ...(window !== undefined && { window }),
    },
  };
}

type LayeredWave = { readonly selection: Wave; readonly layers: readonly WaveLayer[] };

/** The waves in their order, with all that is said of each: those that the Tier requires, the composite's own, and one for what is left. */
function wavesOf(rollout: Rollout, path: string, floors: readonly RolloutFloor[]): readonly LayeredWave[] {
  const shared = sharedBy(rollout);
  const own = rollout.waves?.map((wave, index) => ({
    selection: wave,
    layer: { says: overlay(shared, wave), path: `${path}.waves[${index}]` },
  }));
  const required = floors.flatMap(({ waves = [] }) =>
    waves.map((wave, index): WaveLayer & { readonly says: Wave } => ({
      ...{ says: wave, path: `${floorPath}.waves[${index}]` },
    })),
  );
  const fallback = required.length > 0 ? [] : defaultWaves;
  const asked = own ?? fallback.map((wave) => ({ selection: wave, layer: { says: overlay(wave, shared), path } }));
  const everywhere = floors.map((floor): WaveLayer => ({ says: floorOf(floor), path: floorPath }));
  const first = [...Map.groupBy(required, ({ says }) => says.name)].flatMap(([name, layers]): LayeredWave[] => {
    const selection = layers[0]?.says;
    if (selection === undefined) return [];
    const added = asked.find((each) => each.selection.name === name)?.layer ?? { says: shared, path };
    const { clusterSelector: _, ...says } = added.says;
    return [{ selection, layers: [...layers, { ...added, says }, ...everywhere] }];
  });
  const names = new Set(required.map(({ says: { name } }) => name));
  const others = asked
    .filter(({ selection }) => !names.has(selection.name))
    .map(({ selection, layer }): LayeredWave => ({ selection, layers: [layer, ...everywhere] }));
  const waves = [...first, ...others];
  if (waves.some(({ selection }) => takesAll(selection))) return waves;
  const name = freeName(waves.map(({ selection }) => selection));
  return [...waves, { selection: { name }, layers: [{ says: shared, path }, ...everywhere] }];
}

function takesAll({ clusterSelector, percent, count }: Wave): boolean {
  return clusterSelector === undefined && percent === undefined && count === undefined;
}

/** Returns settings with others laid over them; a window replaces windows, and the other way round. */
export function overlay<Settings extends Partial<Wave> | Rollout>(below: Settings, above: Settings): Settings {
  const { window: _, windows: __, ...rest } = below;
  const hasWindow = above.window !== undefined || above.windows !== undefined;
  return { ...(hasWindow ? rest : below), ...above } as Settings;
}

/** What a floor says of every wave. */
function floorOf({ waves: _, maxRemovals: __, ...rest }: RolloutFloor): Partial<Wave> {
  return rest;
}

/** What a rollout says for all waves that do not say it themselves. */
function sharedBy({ maxConcurrent, soak, deadline, maxFailures, orderBy, window, windows }: Rollout): Partial<Wave> {
  return {
    ...(maxConcurrent !== undefined && { maxConcurrent }),
    ...(soak !== undefined && { soak }),
    ...(deadline !== undefined && { deadline }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(orderBy !== undefined && { orderBy }),
    ...(window !== undefined && { window }),
    ...(windows !== undefined && { windows }),
  };
}

function freeName(waves: readonly Wave[]): string {
  const names = new Set(waves.map(({ name }) => name));
  let name = lastWave;
  while (names.has(name)) name = `${name}-of-all`;
  return name;
}
