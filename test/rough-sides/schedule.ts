import type { Random } from '../../cli/offline-hub/random.ts';
import { clusters, type Wishes } from './world.ts';

/** One thing that happens, and how long it is left to work. */
export type Step = {
  readonly does: 'edit' | 'down' | 'up';
  readonly wishes: Wishes;
  readonly cluster: string;
  readonly seconds: number;
};

/** Returns a random course of edits and outages. */
export function randomSchedule(random: Random, first: Wishes): readonly Step[] {
  const steps: Step[] = [];
  let wishes = first;
  const length = 3 + random.below(4);
  for (let index = 0; index < length; index++) {
    const does = random.chance(0.6) ? 'edit' : random.chance(0.5) ? 'down' : 'up';
    if (does === 'edit') wishes = edit(random, wishes);
    steps.push({ does, wishes, cluster: pick(random, clusters), seconds: 1 + random.below(120) });
  }
  return steps;
}

function edit(random: Random, wishes: Wishes): Wishes {
  const cluster = pick(random, clusters);
  switch (random.below(6)) {
    case 0:
      return { ...wishes, image: `web:${1 + random.below(5)}` };
    case 1:
      return { ...wishes, replicas: 1 + random.below(4) };
    case 2:
      return { ...wishes, withCache: !wishes.withCache };
    case 3:
      return { ...wishes, excluded: wishes.excluded.length > 0 ? [] : [cluster] };
    case 4:
      return { ...wishes, override: !wishes.override };
    default:
      return { ...wishes, zones: { ...wishes.zones, [cluster]: pick(random, ['a', 'b', 'c']) } };
  }
}

function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[random.below(list.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
