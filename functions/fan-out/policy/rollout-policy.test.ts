import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rollout } from '../../generated/types.ts';
import { resolveRollout } from './rollout-policy.ts';

function resolve(rollout: Rollout) {
  const { value, problems } = resolveRollout(rollout, 'spec.rollout');
  assert.deepEqual(problems, undefined);
  assert.ok(value);
  return value;
}

function waves(rollout: Rollout, clusters = 8) {
  return resolve(rollout).waves.map(({ name, maxConcurrent, maxFailures, soakMs, deadlineMs }) =>
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
