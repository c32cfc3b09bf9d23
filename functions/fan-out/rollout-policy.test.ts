import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveRollout } from './rollout-policy.ts';

test('by default one cluster goes first, then a quarter, and one or a tenth may leave', () => {
  assert.deepEqual(resolveRollout({}, 10, 30, 'spec.rollout').value, {
    maxConcurrent: 3,
    maxUnproven: 1,
    maxRemovals: 3,
  });
  assert.deepEqual(resolveRollout({}, 2, 2, 'spec.rollout').value, {
    maxConcurrent: 1,
    maxUnproven: 1,
    maxRemovals: 1,
  });
});

test('a stated number holds from the first cluster on', () => {
  assert.deepEqual(resolveRollout({ maxConcurrent: 4, maxRemovals: '50%' }, 10, 10, 'spec.rollout').value, {
    maxConcurrent: 4,
    maxUnproven: 4,
    maxRemovals: 5,
  });
});

test('nonsense is refused with its path', () => {
  const { problems } = resolveRollout({ maxConcurrent: 'many', maxRemovals: '-1%' }, 10, 10, 'spec.rollout');
  assert.deepEqual(
    problems?.map(({ path }) => path),
    ['spec.rollout.maxConcurrent', 'spec.rollout.maxRemovals'],
  );
});
