import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Taint } from '../../clusters/taints.ts';
import { balanceScore, countOthers } from './balance-score.ts';
import { capacityScore } from './capacity-score.ts';
import { reportedScore, reportedScores } from './reported-score.ts';
import { sampleCandidate } from './sample-candidate.ts';
import { stickinessScore } from './stickiness-score.ts';
import { taintScore } from './taint-score.ts';

const named = (...names: readonly string[]) => names.map((name) => sampleCandidate(name));

test('stickiness prefers where the composite runs', () => {
  assert.deepEqual(stickinessScore(new Set(['b'])).score(named('a', 'b')), [0, 100]);
});

describe('balance', () => {
  test('prefers where fewer others run, between the fewest and the most', () => {
    const others = countOthers([['a', 'b'], ['a'], ['a', 'b', 'z'], ['z'], ['c']]);
    assert.deepEqual(
      [...others],
      [
        ['a', 3],
        ['b', 2],
        ['z', 2],
        ['c', 1],
      ],
    );
    assert.deepEqual(balanceScore(others).score(named('a', 'b', 'c')), [0, 50, 100]);
    assert.deepEqual(balanceScore(others).score(named('a', 'b', 'd')), [0, 33, 100]);
  });

  test('has nothing against any cluster when all run the same number', () => {
    assert.deepEqual(balanceScore(new Map()).score(named('a', 'b')), [100, 100]);
  });
});

describe('capacity', () => {
  const score = (...amounts: readonly (string | undefined)[]) =>
    capacityScore('free').score(
      amounts.map((free, index) => sampleCandidate(`c${index}`, free === undefined ? {} : { free })),
    );

  test('prefers where more is left', () => assert.deepEqual(score('8Gi', '4Gi', '5Gi'), [100, 0, 25]));
  test('is 100 where all have the same', () => assert.deepEqual(score('1Gi', '1024Mi'), [100, 100]));
  test('is 0 where nothing is told, or no quantity', () => {
    assert.deepEqual(score('8Gi', undefined, 'plenty', '8Gi'), [100, 0, 0, 100]);
    assert.deepEqual(score(undefined), [0]);
  });
});

describe('taints', () => {
  const taint = (key: string): Taint => ({ key, effect: 'PreferNoSchedule' });
  const candidates = [
    sampleCandidate('a', {}, [taint('slow'), taint('old')]),
    sampleCandidate('b', {}, [taint('slow')]),
    sampleCandidate('c', {}, [{ key: 'slow', effect: 'NoSchedule' }]),
  ];

  test('that ask to be avoided count against a cluster', () => {
    assert.deepEqual(taintScore([], 0).score(candidates), [0, 50, 100]);
  });

  test('that are tolerated do not', () => {
    assert.deepEqual(taintScore([{ key: 'slow', operator: 'Exists' }], 0).score(candidates), [0, 100, 100]);
    assert.deepEqual(taintScore([{ operator: 'Exists' }], 0).score(candidates), [100, 100, 100]);
  });

  test('leave a fleet that has the same number of them all below 100', () => {
    assert.deepEqual(taintScore([], 0).score(candidates.slice(0, 1)), [0]);
  });
});

describe('reported scores', () => {
  const reports = new Map([
    ['a', { score: 130 }],
    ['b', { score: -30, validUntil: 1000 }],
    ['c', { score: 40, validUntil: 999 }],
  ]);

  test('count up to and including their last instant, and the outdated are named', () => {
    assert.deepEqual(reportedScores(['a', 'b', 'c', 'd'], reports, 1000), {
      scores: [130, -30, 0, 0],
      outdated: ['c'],
    });
  });

  test('are read from properties and cut to 0..100 as a plugin', () => {
    const publishing = (name: string, properties: { readonly [property: string]: string }) => ({
      facts: { name, labels: {}, properties, version: '', set: '' },
      taints: [],
    });
    const plugin = reportedScore('latency', Date.UTC(2026, 0, 1));
    assert.equal(plugin.name, 'latency');
    const valid = (at: string) => ({ latency: '40', 'latency.valid-until': at });
    const clusters = [
      publishing('a', { latency: '130' }),
      publishing('b', { latency: '-30' }),
      publishing('c', valid('2026-01-01T00:00:00Z')),
      publishing('d', valid('2025-12-31T23:59:59Z')),
      publishing('e', { latency: 'low' }),
      publishing('f', {}),
    ];
    assert.deepEqual(plugin.score(clusters), [100, 0, 40, 0, 0, 0]);
  });
});
