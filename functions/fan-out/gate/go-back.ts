import type { Turns } from './go-forward.ts';
import { inTurn } from './has-already.ts';
import type { Brake } from './moves.ts';
import { isPending } from './open-waves.ts';
import type { Wave } from './survey-waves.ts';

/**
 * Returns the clusters that may be taken back now: those that are not healthy at once, for they have nothing to lose; the
 * others wave by wave from the last to the first, as many at a time as the wave allows, without soak, approval or window.
 */
export function goBack(waves: readonly Wave[], brake: Brake | undefined): Turns {
  const all = waves.flatMap(({ counted }) => counted.filter(isPending));
  if (brake !== undefined) return { set: [], waiting: new Map(all.map(({ name }) => [name, brake.message])) };
  const urgent = all.filter(({ entry }) => entry?.status?.phase !== 'Healthy');
  const set = urgent.map(({ next, entry }) => inTurn(next, entry));
  const waiting = new Map<string, string>();
  let later: string | undefined;
  for (const { policy, counted } of waves.toReversed()) {
    const pending = counted.filter((view) => isPending(view) && !urgent.includes(view));
    const moving = counted.filter(({ standing }) => standing === 'Moving').length;
    const free = later === undefined ? Math.max(0, policy.maxConcurrent(counted.length) - moving) : 0;
    for (const { next, entry } of pending.slice(0, free)) set.push(inTurn(next, entry));
    for (const { name } of pending.slice(free)) waiting.set(name, `is taken back after ${later ?? policy.name}`);
    if (pending.length > 0 || moving > 0) later ??= `wave ${policy.name}`;
  }
  return { set, waiting };
}
