import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combineScores, weightedSum } from './combine-scores.ts';
import { sampleCandidate } from './sample-candidate.ts';

const candidates = [sampleCandidate('a'), sampleCandidate('b')];
const fixed = (name: string, ...scores: readonly number[]) => ({ name, score: () => scores });

test('the total is the mean by weight, and every part is kept', () => {
  const scores = combineScores(candidates, [
    { plugin: fixed('Affinity', 100, 40), weight: 2 },
    { plugin: fixed('Balance', 0, 100), weight: 1 },
  ]);
  assert.deepEqual(scores.get('b'), {
    total: 60,
    parts: [
      { name: 'Affinity', weight: 2, score: 40 },
      { name: 'Balance', weight: 1, score: 100 },
    ],
  });
  assert.equal(scores.get('a')?.total, 200 / 3);
});

test('a plugin without weight is not asked', () => {
  const plugin = { name: 'Broken', score: () => assert.fail('asked') };
  assert.deepEqual(combineScores(candidates, [{ plugin, weight: 0 }]).get('a'), { total: 0, parts: [] });
});

test('the sum goes by weight, below zero too', () => {
  assert.equal(
    weightedSum([
      { weight: -2, score: 50 },
      { weight: 1, score: -100 },
    ]),
    -200,
  );
});
