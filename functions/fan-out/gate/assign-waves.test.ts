import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { assignWaves, type Settled, type WaveCandidate } from './assign-waves.ts';

function clusters(count: number, rank = 1): readonly WaveCandidate[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ name: `c${index}`, labels: { n: String(index % 3) } },
    ...{ rank, isAble: true },
  }));
}

const waves = [{ name: 'first', count: 1 }, { name: 'quarter', percent: 25 }, { name: 'rest' }];
const nothing: Settled = { waveOf: new Map(), filled: new Set(), passed: new Set() };

function assign(candidates: readonly WaveCandidate[], settled: Partial<Settled> = {}, revision = 'r', asked = waves) {
  return assignWaves(candidates, asked, revision, { ...nothing, ...settled });
}

function sizes(places: ReadonlyMap<string, number>) {
  return waves.map((_, wave) => [...places.values()].filter((place) => place === wave).length);
}

test('a wave takes its number or its share of all clusters, the last takes what is left', () => {
  assert.deepEqual(sizes(assign(clusters(10))), [1, 3, 6]);
  assert.deepEqual(sizes(assign(clusters(2))), [1, 1, 0]);
});

test('a cluster belongs to the first wave whose labels it has', () => {
  const byLabel = [
    { name: 'one', clusterSelector: { matchLabels: { n: '1' } } },
    { name: 'all', clusterSelector: {} },
    { name: 'rest' },
  ];
  const places = assignWaves(clusters(6), byLabel, 'r', nothing);
  assert.deepEqual([...places.values()].sort(), [0, 0, 1, 1, 1, 1]);
  assert.equal(places.get('c4'), 0);
});

test('each revision begins on others, the same ones however often it is asked', () => {
  const first = (revision: string) => [...assign(clusters(50), {}, revision)].find(([, place]) => place === 0)?.[0];
  const drawn = new Set(Array.from({ length: 20 }, (_, index) => first(`r${index}`)));
  assert.ok(drawn.size > 10, `${drawn.size} different canaries in 20 revisions`);
  assert.equal(first('r1'), first('r1'));
});

describe('a cluster that a wave has taken in', () => {
  const settled: Settled = { waveOf: new Map([['c0', 'first']]), filled: new Set(['first']), passed: new Set() };

  test('stays there, and a wave that has drawn draws no more, whoever would be drawn now', () => {
    for (let index = 0; index < 30; index++) {
      const fleet = [...clusters(9, 1), { name: `new${index}`, labels: {}, rank: 0, isAble: true }];
      const places = assign(fleet, settled, `r${index}`);
      assert.deepEqual(
        [...places].filter(([, place]) => place === 0),
        [['c0', 0]],
      );
    }
  });

  test('that has gone leaves its place empty', () => {
    const places = assign(clusters(9).slice(1), settled);
    assert.deepEqual(sizes(places), [0, 2, 6]);
  });

  test('that can no longer change gets one more beside it, which stays', () => {
    const fleet = clusters(9).map((each) => ({ ...each, isAble: each.name !== 'c0' }));
    const places = assign(fleet, settled);
    const taken = [...places].flatMap(([name, place]) => (place === 0 ? [name] : []));
    assert.equal(taken.length, 2);
    const later = assign(clusters(9), {
      waveOf: new Map(taken.map((name) => [name, 'first'])),
      filled: settled.filled,
    });
    assert.deepEqual([...later].flatMap(([name, place]) => (place === 0 ? [name] : [])).sort(), taken.sort());
  });

  test('by a wave that is gone from the policy belongs to one of the others', () => {
    const places = assign(clusters(9), {
      waveOf: new Map([['c0', 'gone']]),
      filled: new Set(['gone']),
      passed: new Set(),
    });
    assert.deepEqual(sizes(places), [1, 3, 5]);
  });

  test('by labels keeps its wave when its labels change, and one that comes to have them is added', () => {
    const byLabel = [{ name: 'one', clusterSelector: { matchLabels: { n: '1' } } }, { name: 'rest' }];
    const taken: Settled = { waveOf: new Map([['c0', 'one']]), filled: new Set(['one']), passed: new Set() };
    const places = assignWaves(clusters(3), byLabel, 'r', taken);
    assert.deepEqual(Object.fromEntries(places), { c0: 0, c1: 0, c2: 1 });
  });
});

test('the order in which clusters are given changes nothing, and every cluster has a wave', () => {
  const shuffled = fc.shuffledSubarray([...clusters(12)], { minLength: 12 });
  fc.assert(
    fc.property(shuffled, (given) => {
      const places = assign(given);
      assert.deepEqual(new Map([...places].sort()), new Map([...assign(clusters(12))].sort()));
      assert.equal(places.size, 12);
    }),
  );
});
