import { type Random, seededRandom } from '../../../cli/offline-hub/random.ts';
import { pick } from '../courses/pick.ts';

/** Something that happens to Apps that share the room of a fleet, so many seconds after what was before. */
export type PlacementEvent = { readonly after: number } & (
  | { readonly does: 'want'; readonly app: string; readonly replicas: number }
  | { readonly does: 'drop'; readonly app: string }
  | { readonly does: 'image'; readonly app: string; readonly image: string }
  | { readonly does: 'lose' | 'find'; readonly cluster: string }
  | { readonly does: 'join'; readonly cluster: string; readonly room: number }
  | { readonly does: 'nothing' }
);

/** A fleet with room for so many replicas a cluster, how it reports what is free, and what happens. */
export type PlacementCourse = {
  readonly rooms: { readonly [cluster: string]: number };
  /** How often what is free is reported. */
  readonly everySeconds: number;
  /** Whether a report says when it was read. */
  readonly isDated: boolean;
  readonly hasFaults: boolean;
  /** How the Apps divide their replicas. */
  readonly strategy: { readonly [app: string]: 'Capacity' | 'Aggregated' };
  readonly events: readonly PlacementEvent[];
};

const apps = ['red', 'green', 'blue'] as const;

/** Returns the course of a seed. */
export function placementCourse(seed: number): PlacementCourse {
  const random = seededRandom(seed + 7_000_000);
  const names = Array.from({ length: 2 + random.below(5) }, (_, index) => `c${index + 1}`);
  return {
    rooms: Object.fromEntries(names.map((name) => [name, 1 + random.below(8)])),
    everySeconds: pick(random, [30, 60, 120, 300]),
    isDated: random.chance(0.5),
    hasFaults: seed % 3 === 0,
    strategy: Object.fromEntries(apps.map((app) => [app, pick(random, ['Capacity', 'Aggregated'] as const)])),
    events: [...beginnings(random), ...happenings(random, names), { does: 'nothing', after: 2_400 }],
  };
}

/** One to three Apps, often in the same second. */
function beginnings(random: Random): readonly PlacementEvent[] {
  return random
    .shuffle(apps)
    .slice(0, 1 + random.below(apps.length))
    .map((app) => ({
      ...{ does: 'want', app, replicas: 1 + random.below(9) },
      after: random.chance(0.6) ? 0 : 1 + random.below(200),
    }));
}

function happenings(random: Random, names: readonly string[]): readonly PlacementEvent[] {
  return Array.from({ length: 2 + random.below(5) }, () => happening(random, names)).flat();
}

function happening(random: Random, names: readonly string[]): readonly PlacementEvent[] {
  const after = pick(random, [0, 1, 20 + random.below(100), 300 + random.below(600)]);
  const [app, cluster] = [pick(random, apps), pick(random, names)];
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return [{ does: 'want', app, replicas: 1 + random.below(9), after }];
    case 3:
      return [{ does: 'drop', app, after }];
    case 4:
      return [{ does: 'image', app, image: `web:${2 + random.below(9)}`, after }];
    case 5:
      return [{ does: 'lose', cluster, after }];
    case 6:
      return [
        { does: 'lose', cluster, after },
        { does: 'find', cluster, after: pick(random, [60, 400, 900]) },
      ];
    default:
      return [{ does: 'join', cluster: `n${random.below(3)}`, room: 1 + random.below(8), after }];
  }
}
