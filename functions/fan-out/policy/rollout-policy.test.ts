import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rollout, RolloutFloor } from '../../generated/types.ts';
import { overlay, resolveRollout } from './rollout-policy.ts';

function resolve(rollout: Rollout, floor?: RolloutFloor) {
  const { value, problems } = resolveRollout(rollout, 'spec.rollout', floor && [floor]);
  assert.deepEqual(problems, undefined);
  assert.ok(value);
  return value;
}

function waves(rollout: Rollout, clusters = 8, floor?: RolloutFloor) {
  return resolve(rollout, floor).waves.map(({ name, maxConcurrent, maxFailures, soakMs, deadlineMs }) =>
    [name, maxConcurrent(clusters), maxFailures(clusters), soakMs / 1000, deadlineMs / 1000].join(' '),
  );
}

test('by default one cluster goes first, then a quarter, then the rest; one or a tenth may leave', () => {
  assert.deepEqual(waves({}), ['first 2 0 0 600', 'quarter 8 0 0 600', 'rest 2 0 0 600']);
  const { maxRemovals, maxJoining, unreachable, onFailure, scaleImmediately } = resolve({});
  assert.deepEqual([maxRemovals(30), maxRemovals(2), maxJoining(8)], [3, 1, 2]);
  assert.deepEqual([unreachable, onFailure, scaleImmediately], ['Skip', 'Pause', true]);
});

test('what is said for the whole rollout holds for every wave that does not say it itself', () => {
  assert.deepEqual(waves({ maxConcurrent: 1 }), ['first 1 0 0 600', 'quarter 1 0 0 600', 'rest 1 0 0 600']);
  const own = [
    { name: 'canary', count: 2, soak: '1h' },
    { name: 'all', maxFailures: '10%' },
  ];
  assert.deepEqual(waves({ soak: '5m', deadline: '2m', waves: own }), ['canary 2 0 3600 120', 'all 2 1 300 120']);
});

test('clusters that fit no wave come last, under a name that is free', () => {
  assert.deepEqual(
    waves({ waves: [{ name: 'rest', count: 1 }] }).map((wave) => wave.split(' ')[0]),
    ['rest', 'rest-of-all'],
  );
});

test('an approval takes one person unless a quorum is given', () => {
  const asked = [{ name: 'a' }, { name: 'b', approval: {} }, { name: 'c', approval: { quorum: 2 } }];
  assert.deepEqual(
    resolve({ waves: asked }).waves.map(({ quorum }) => quorum),
    [0, 1, 2],
  );
});

test('nonsense is refused with its path, all of it at once', () => {
  const { problems } = resolveRollout(
    {
      maxConcurrent: 'many',
      maxRemovals: '-1%',
      waves: [
        { name: 'a', soak: 'soon', window: { schedule: 'never', duration: '1h' } },
        { name: 'b', maxConcurrent: 1, clusterSelector: { matchLabels: { 'a b': 'c' } } },
      ],
    },
    'spec.rollout',
  );
  assert.deepEqual(
    problems?.map(({ path }) => path),
    [
      'spec.rollout.waves[0].maxConcurrent',
      'spec.rollout.waves[0].soak',
      'spec.rollout.waves[0].window.schedule',
      'spec.rollout.waves[1].clusterSelector.matchLabels',
      'spec.rollout.maxRemovals',
    ],
  );
});

test('0 removals means that none goes without an approval, also where a share of a few clusters would be one', () => {
  assert.equal(resolve({ maxRemovals: 0 }).maxRemovals(30), 0);
  assert.equal(resolve({ maxRemovals: '5%' }).maxRemovals(3), 1);
});

describe('windows', () => {
  const at = (hour: number) => Date.UTC(2026, 0, 1, hour);
  const [night, noon] = [
    { schedule: '0 22 * * *', duration: '4h' },
    { schedule: '0 12 * * *', duration: '1h' },
  ];

  test('of several, one that is open is enough; the next to open is told', () => {
    const window = resolve({ waves: [{ name: 'all', windows: [night, noon] }] }).waves[0]?.window;
    assert.deepEqual(
      [12, 23].map((hour) => window?.(at(hour)).isOpen),
      [true, true],
    );
    assert.deepEqual(window?.(at(10)), { isOpen: false, opensAt: at(12) });
  });

  test('of a wave replaces that of the whole rollout, and those of a composite those of its Tier', () => {
    const {
      waves: [own],
    } = resolve({ window: night, waves: [{ name: 'all', windows: [noon] }] });
    assert.deepEqual([own?.window?.(at(23)).isOpen, own?.window?.(at(12)).isOpen], [false, true]);
    assert.deepEqual(overlay({ window: night, soak: '1h' }, { windows: [noon] }), { soak: '1h', windows: [noon] });
    assert.deepEqual(overlay({ window: night }, { soak: '1h' }), { window: night, soak: '1h' });
  });
});

describe('what the Tier requires', () => {
  test('of every wave is kept by all, and the stricter word counts', () => {
    const floor: RolloutFloor = {
      soak: '10m',
      maxConcurrent: 2,
      maxFailures: 0,
      approval: { quorum: 2 },
      maxRemovals: 1,
    };
    const asked = [
      { name: 'a', soak: '1h', maxConcurrent: 1, approval: {} },
      { name: 'b', maxFailures: 3, approval: { quorum: 3 } },
    ];
    assert.deepEqual(waves({ waves: asked }, 8, floor), ['a 1 0 3600 600', 'b 2 0 600 600']);
    const resolved = resolve({ waves: asked, maxRemovals: '50%' }, floor);
    assert.deepEqual(
      resolved.waves.map(({ quorum }) => quorum),
      [2, 3],
    );
    assert.equal(resolved.maxRemovals(20), 1);
  });

  test('its waves come first and keep their choice of clusters; one of the same name adds to them', () => {
    const required = [
      { name: 'canary', count: 2, soak: '10m' },
      { name: 'prod', clusterSelector: { matchLabels: { env: 'prod' } }, approval: {} },
    ];
    const own = [
      { name: 'mine', percent: 50 },
      { name: 'canary', count: 1, soak: '1h', maxConcurrent: '100%' },
    ];
    const resolved = resolve({ waves: own }, { waves: required }).waves;
    assert.deepEqual(
      resolved.map(({ name, count, percent, soakMs }) => [name, count, percent, soakMs / 60_000]),
      [
        ['canary', 2, undefined, 60],
        ['prod', undefined, undefined, 0],
        ['mine', undefined, 50, 0],
        ['rest', undefined, undefined, 0],
      ],
    );
    assert.deepEqual(waves({}, 8, { waves: required }), ['canary 2 0 600 600', 'prod 2 0 0 600', 'rest 2 0 0 600']);
  });

  test('its windows close those of a wave, and the next time at which both are open is told', () => {
    const floor = { windows: [{ schedule: '0 20 * * *', duration: '3h' }] };
    const window = resolve({ waves: [{ name: 'all', window: { schedule: '0 22 * * *', duration: '4h' } }] }, floor)
      .waves[0]?.window;
    const at = (hour: number) => Date.UTC(2026, 0, 1, hour);
    assert.deepEqual([window?.(at(22)).isOpen, window?.(at(23)).isOpen], [true, false]);
    assert.deepEqual(window?.(at(21)), { isOpen: false, opensAt: at(22) });
    const never = resolve({ waves: [{ name: 'all', window: { schedule: '0 4 * * *', duration: '1h' } }] }, floor)
      .waves[0];
    assert.deepEqual(never?.window?.(at(1)), { isOpen: false });
  });

  test('of several Tiers all is kept', () => {
    const floors = [
      { soak: '10m', waves: [{ name: 'canary', count: 1 }] },
      { maxConcurrent: 1, waves: [{ name: 'canary', count: 5 }] },
    ];
    const { value } = resolveRollout({ waves: [{ name: 'all', maxConcurrent: 4 }] }, 'spec.rollout', floors);
    assert.deepEqual(
      value?.waves.map(({ name, count, soakMs, maxConcurrent }) => [name, count, soakMs, maxConcurrent(8)]),
      [
        ['canary', 1, 600_000, 1],
        ['all', undefined, 600_000, 1],
      ],
    );
  });

  test('a mistake in it is told as the Tier’s', () => {
    const { problems } = resolveRollout({}, 'spec.rollout', [{ soak: 'soon' }]);
    assert.match(problems?.[0]?.path ?? '', /^spec\.rollout\.required of the Tier\.soak/);
  });
});
