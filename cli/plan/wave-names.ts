import { namesByKey, renameInRecord } from '../../functions/fan-out/cluster-keys.ts';
import { assignWaves } from '../../functions/fan-out/gate/assign-waves.ts';
import { settledBy } from '../../functions/fan-out/gate/settled-waves.ts';
import { resolveRollout } from '../../functions/fan-out/policy/rollout-policy.ts';
import { type FanOutSettings, readSettings } from '../../functions/fan-out/read-settings.ts';
import type { RolloutStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { newestRecord } from '../../functions/slices/newest-record.ts';
import { observedSlices } from '../../functions/slices/observed-slices.ts';
import { decide, findComposition } from '../hub-reader/decide.ts';
import { offlineReader } from '../hub-reader/hub-reader.ts';
import { observeComposite } from '../hub-reader/observe-composite.ts';
import { selectorStep, stepOfKind } from '../hub-reader/placed-kinds.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';

/**
 * Returns the name of each chosen cluster's wave: the one that its rollout remembers, else the one that it would belong to;
 * none for a composite that cannot be placed. Of waves of which nothing is remembered those come first that moved first: `movedAt` says when that was, in virtual milliseconds.
 */
export async function waveNames(
  hub: OfflineHub,
  composite: KubeObject,
  movedAt: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, string>> {
  const reader = offlineReader(hub);
  const composition = await findComposition(reader, composite);
  if (composition.problems !== undefined) return new Map();
  const [selector, fanOut] = [selectorStep(composition.value), stepOfKind(composition.value, 'FanOut')];
  if (selector === undefined || fanOut === undefined) return new Map();
  const observed = await observeComposite(reader, composite);
  const decision = await decide(reader, selector, observed, hub.clock.now());
  if (decision.problems !== undefined) return new Map();
  const settings = readSettings((fanOut.input?.['spec'] ?? {}) as FanOutSettings, composite, decision.value);
  const policy = settings.value && resolveRollout(settings.value.rollout, 'spec.rollout', settings.value.floors);
  const waves = policy?.value?.waves ?? [];
  const { revision = '' } = (composite.status ?? {}) as RolloutStatus;
  const candidates = decision.value.placement.chosen.map(({ facts: { name, labels } }) => ({
    ...{ name, labels },
    rank: movedAt.get(name) ?? Number.POSITIVE_INFINITY,
    isAble: true,
  }));
  const slices = observedSlices(observed.resources, decision.value.addresses);
  const written = newestRecord(slices.map(({ rollout }) => rollout));
  const names = namesByKey(
    decision.value.placement,
    slices.flatMap(({ entries }) => entries),
  );
  const record = written && renameInRecord(written, names);
  const settled = settledBy(record ?? { waves: [] }, waves);
  const places = assignWaves(candidates, waves, revision, settled);
  return new Map([...places].flatMap(([cluster, place]) => (waves[place] ? [[cluster, waves[place].name]] : [])));
}
