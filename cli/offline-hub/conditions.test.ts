import assert from 'node:assert/strict';
import test from 'node:test';
import { setConditions } from './conditions.ts';

const [then, now] = ['2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'];
const before = setConditions([], [{ type: 'Synced', status: 'True', reason: 'Yes', observedGeneration: 1 }], then);

test('an equal condition keeps its time, and the list its identity', () => {
  assert.equal(
    setConditions(before, [{ type: 'Synced', status: 'True', reason: 'Yes', observedGeneration: 1 }], now),
    before,
  );
});

test('another generation is a transition, a missing one is not', () => {
  const later = setConditions(before, [{ type: 'Synced', status: 'True', reason: 'Yes', observedGeneration: 2 }], now);
  assert.equal(later[0]?.lastTransitionTime, now);
  assert.equal(setConditions(before, [{ type: 'Synced', status: 'True', reason: 'Yes' }], now), before);
});

test('others stay as they are', () => {
  const after = setConditions(before, [{ type: 'Ready', status: 'False', reason: 'No', message: 'x' }], now);
  assert.deepEqual(after, [
    before[0],
    { type: 'Ready', status: 'False', reason: 'No', message: 'x', lastTransitionTime: now },
  ]);
});
