import type { Random } from '../../../cli/offline-hub/random.ts';
import type { JsonObject } from '../../../functions/kube/json.ts';
import { pick } from './pick.ts';

export const regions = ['eu', 'us', 'asia'] as const;

/** Returns waves of all kinds, mixed: few as a rule, sometimes as many as there may be. */
export function randomWaves(random: Random): readonly JsonObject[] {
  const many = random.chance(0.15);
  const size = many ? 12 + random.below(20) : 3 + random.below(4);
  const waves = Array.from(
    { length: size },
    (_, index): JsonObject => ({
      name: `w${index + 1}`,
      ...choice(random, many ? 0.2 : 0.5),
      ...settings(random),
    }),
  );
  return random.chance(0.5) ? [...waves.slice(0, -1), { name: 'end', ...settings(random) }] : waves;
}

/** Returns what is said for all waves. */
export function randomRollout(random: Random): JsonObject {
  return {
    waves: [...randomWaves(random)],
    deadline: pick(random, ['90s', '3m', '5m']),
    unreachable: pick(random, ['Skip', 'Skip', 'Wait', 'Fail']),
    onFailure: pick(random, ['Pause', 'Rollback']),
    ...(random.chance(0.3) && { maxFailures: pick(random, [1, '50%']) }),
    ...(random.chance(0.2) && { maxRemovals: pick(random, [1, 2, '50%']) }),
  };
}

function choice(random: Random, bySelector: number): JsonObject {
  if (random.chance(bySelector)) {
    const values = random.shuffle(regions).slice(0, 1 + random.below(2));
    return { clusterSelector: { matchExpressions: [{ key: 'region', operator: 'In', values }] } };
  }
  return random.chance(0.6) ? { count: 1 + random.below(2) } : { percent: pick(random, [10, 25, 34, 50]) };
}

function settings(random: Random): JsonObject {
  return {
    ...(random.chance(0.6) && { maxConcurrent: pick(random, [1, 2, '50%', '100%']) }),
    ...(random.chance(0.5) && { soak: pick(random, ['20s', '90s', '4m']) }),
    ...(random.chance(0.12) && { approval: { quorum: 1 + random.below(2) } }),
    ...(random.chance(0.06) && { window: { schedule: '*/15 * * * *', duration: '5m' } }),
  };
}
