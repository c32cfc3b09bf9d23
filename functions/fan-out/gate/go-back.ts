import { type ClusterView, isPending } from './cluster-view.ts';
import { inTurn } from './compare-entry.ts';
import { explainWait, type Turns } from './go-forward.ts';
import type { Brake } from './moves.ts';
import type { OpenedWave } from './open-waves.ts';
import type { Wave } from './survey-waves.ts';

/**
 * Returns the waves of a way back: neither soak nor approval nor window nor failures keep one from it, and one is done when
 * all that can be reached have got there and are healthy.
 */
export function openForReturn(waves: readonly Wave[], brake: Brake | undefined): readonly OpenedWave[] {
  return waves.map((wave) => {
    const isOnTheWay = wave.counted.some((view) => isPending(view) || view.standing === 'Moving');
    const history = { wasOpened: false, hasPassed: false, withheld: new Map() };
    if (!isOnTheWay) return { ...wave, ...history, state: 'Done', isOpen: false };
    return {
      ...{ ...wave, ...history, state: 'Open', isOpen: brake === undefined },
      ...(brake !== undefined && { message: brake.message }),
    };
  });
}

/**
 * Returns the clusters that may be taken back now: those that are not healthy or cannot be reached at once, for they have
 * nothing to lose; the others wave by wave from the last to the first, as many at a time as the wave allows.
 */
export function goBack(waves: readonly Wave[], brake: Brake | undefined): Turns {
  const all = waves.flatMap(({ counted }) => counted.filter(isToReturn));
  if (brake !== undefined) return { set: [], waiting: new Map(all.map(({ name }) => [name, brake.message])) };
  const urgent = new Set(all.filter(({ entry }) => entry?.status?.phase !== 'Healthy'));
  const set = [...urgent].map(({ next, entry }) => inTurn(next, entry));
  const waiting = new Map<string, string>();
  let later: string | undefined;
  for (const { policy, counted } of waves.toReversed()) {
    const healthy = counted.filter((view) => isToReturn(view) && !urgent.has(view));
    const moving = counted.filter(({ standing }) => standing === 'Moving').map(({ name }) => name);
    const limit = policy.maxConcurrent(counted.length);
    const starting = healthy.slice(0, later === undefined ? Math.max(0, limit - moving.length) : 0);
    for (const { next, entry } of starting) set.push(inTurn(next, entry));
    const ahead = [...moving, ...starting.map(({ name }) => name)];
    const reason = later === undefined ? explainWait(ahead, limit) : `is taken back after wave ${later}`;
    for (const { name } of healthy.slice(starting.length)) waiting.set(name, reason);
    if (healthy.length > 0 || moving.length > 0) later ??= policy.name;
  }
  return { set, waiting };
}

/** Also a cluster that cannot be reached must not come back with what was taken from the others. */
function isToReturn(view: ClusterView): boolean {
  const isLost = view.standing === 'Skipped' || view.standing === 'Failed';
  return isPending(view) || (isLost && !view.isPaused && view.likeness === 'Other');
}
