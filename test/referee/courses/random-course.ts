import { type Random, seededRandom } from '../../../cli/offline-hub/random.ts';
import type { JsonObject } from '../../../functions/kube/json.ts';
import { listAt, textAt } from '../judging/json-field.ts';
import type { Course, CourseEvent } from './course.ts';
import { pick } from './pick.ts';
import { randomRollout, regions } from './random-waves.ts';

/** Returns the course of a seed: a fleet, an App, and what happens to them. */
export function randomCourse(seed: number): Course {
  const random = seededRandom(seed);
  const size = 3 + random.below(random.chance(0.2) ? 10 : 4);
  const names = Array.from({ length: size }, (_, index) => `c${index + 1}`);
  const rollout = randomRollout(random);
  const isDivided = random.chance(0.25);
  const pace = seededRandom(seed + 1_000_000);
  return {
    clusters: Object.fromEntries(names.map((name) => [name, labelsOf(random)])),
    readyAfterSeconds: isDivided
      ? Object.fromEntries(names.flatMap((name) => (pace.chance(0.5) ? [[name, 10 + pace.below(80)]] : [])))
      : {},
    isBare: random.chance(0.3),
    hasFaults: seed % 3 === 0,
    replicas: isDivided ? 1 + random.below(size + 1) : 1 + random.below(3),
    placement: isDivided ? { replicas: { mode: 'Divided' } } : {},
    rollout,
    events: randomEvents(random, names, rollout),
  };
}

function labelsOf(random: Random): { readonly [label: string]: string } {
  return { region: pick(random, regions) };
}

/** One to three changes of the image, each with things that happen after it. */
function randomEvents(random: Random, names: readonly string[], first: JsonObject): readonly CourseEvent[] {
  const events: CourseEvent[] = [...approvals(random, first), { does: 'nothing', after: 400 }];
  let rollout = first;
  for (let version = 2; version < 3 + random.below(3); version++) {
    const image = random.chance(0.12) ? 'web:broken' : `web:${version}`;
    const after = 1 + random.below(random.chance(0.5) ? 60 : 500);
    events.push({ does: 'image', image, editor: pick(random, ['alice', 'bob']), after });
    if (random.chance(0.3)) events.push({ does: 'spoil', image, after: 1 + random.below(8) });
    events.push(...approvals(random, rollout));
    for (let count = random.below(4); count > 0; count--) {
      const [next, ...more] = happening(random, names, image, rollout);
      if (next?.does === 'rollout') rollout = next.rollout;
      events.push(...(next === undefined ? [] : [next, ...more]));
    }
  }
  return [...events, { does: 'nothing', after: 900 }];
}

/** Approvals of the waves that ask: early or late, of enough people or not, by the author among others. */
function approvals(random: Random, rollout: JsonObject): readonly CourseEvent[] {
  const waves = listAt(rollout, 'waves').filter((wave) => JSON.stringify(wave).includes('"approval"'));
  const answers = waves.flatMap((wave) =>
    ['alice', 'bob', 'carol'].flatMap((who): CourseEvent[] => {
      if (random.chance(0.3)) return [];
      const does = random.chance(0.05) ? 'reject' : 'approve';
      return [{ does, wave: textAt(wave, 'name') ?? '', who, after: random.below(random.chance(0.5) ? 5 : 200) }];
    }),
  );
  return random.shuffle(answers);
}

function happening(
  random: Random,
  names: readonly string[],
  image: string,
  rollout: JsonObject,
): readonly CourseEvent[] {
  const cluster = pick(random, names);
  const after = random.below(random.chance(0.5) ? 20 : 300);
  const later = 30 + random.below(400);
  switch (random.below(10)) {
    case 0:
      return [{ does: 'replicas', replicas: 1 + random.below(5), after }];
    case 1:
      return [{ does: 'rollout', rollout: changed(random, rollout), after }];
    case 2:
      return [
        { does: 'lose', cluster, isTold: random.chance(0.7), after },
        { does: 'find', cluster, after: later },
      ];
    case 3:
      return [
        { does: 'refuse', cluster, after },
        { does: 'accept', cluster, after: later },
      ];
    case 4:
      return [{ does: 'relabel', cluster, labels: labelsOf(random), after }];
    case 5:
      return [{ does: 'join', cluster: `n${random.below(3)}`, labels: labelsOf(random), after }];
    case 6: {
      const excluded = random.shuffle(names).slice(0, random.below(Math.min(3, names.length - 1)));
      return [{ does: 'placement', placement: { excludedClusterNames: excluded }, after }];
    }
    case 7: {
      const [on, off] = pick(random, [
        ['cord', 'uncord'],
        ['freeze', 'thaw'],
        ['pause', 'resume'],
      ] as const);
      return [
        { does: on, after },
        { does: off, after: later },
      ];
    }
    case 8:
      return [{ does: 'heal', image, after }];
    default:
      return [{ does: 'nothing', after }];
  }
}

/** A policy with another soak, another size or no approval in one of its waves. */
function changed(random: Random, rollout: JsonObject): JsonObject {
  const waves = listAt(rollout, 'waves') as readonly JsonObject[];
  const place = random.below(waves.length);
  const { approval: _, ...wave } = waves[place] ?? {};
  const more: JsonObject = pick(random, [
    { soak: pick(random, ['10s', '5m']) },
    'count' in wave ? { count: 3 } : {},
    { maxConcurrent: '100%' },
    'clusterSelector' in wave ? { clusterSelector: { matchExpressions: [{ key: 'region', operator: 'Exists' }] } } : {},
    { approval: { quorum: 1 } },
  ]);
  return { ...rollout, waves: waves.map((each, index) => (index === place ? { ...wave, ...more } : each)) };
}
