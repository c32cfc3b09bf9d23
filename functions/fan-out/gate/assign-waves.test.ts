import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assignWaves, type WaveCandidate } from './assign-waves.ts';

function clusters(count: number, rank = 1): readonly WaveCandidate[] {
  return Array.from({ length: count }, (_, index) => ({ name: `c${index}`, labels: { n: String(index % 3) }, rank }));
}

const waves = [{ count: 1 }, { percent: 25 }, {}];

function sizes(places: ReadonlyMap<string, number>) {
  return waves.map((_, wave) => [...places.values()].filter((place) => place === wave).length);
}

test('a wave takes its number or its share of all clusters, the last takes what is left', () => {
  assert.deepEqual(sizes(assignWaves(clusters(10), waves, 'r')), [1, 3, 6]);
  assert.deepEqual(sizes(assignWaves(clusters(2), waves, 'r')), [1, 1, 0]);
});

test('a cluster belongs to the first wave whose labels it has', () => {
  const byLabel = [{ clusterSelector: { matchLabels: { n: '1' } } }, { clusterSelector: {} }, {}];
  const places = assignWaves(clusters(6), byLabel, 'r');
  assert.deepEqual([...places.values()].sort(), [0, 0, 1, 1, 1, 1]);
  assert.equal(places.get('c4'), 0);
});

test('each revision begins on others, the same ones however often it is asked', () => {
  const first = (revision: string) =>
    [...assignWaves(clusters(50), waves, revision)].find(([, place]) => place === 0)?.[0];
  const drawn = new Set(Array.from({ length: 20 }, (_, index) => first(`r${index}`)));
  assert.ok(drawn.size > 10, `${drawn.size} different canaries in 20 revisions`);
  assert.equal(first('r1'), first('r1'));
});

test('what has the target keeps its wave when a cluster joins that would be drawn before it', () => {
  const before = assignWaves(clusters(9), waves, 'r');
  const had = clusters(9).map((each) => ({ ...each, rank: before.get(each.name) === 0 ? 0 : 1 }));
  for (let index = 0; index < 30; index++) {
    const joined = { name: `new${index}`, labels: {}, rank: 1 };
    const after = assignWaves([...had, joined], waves, 'r');
    assert.notEqual(after.get(joined.name), 0);
  }
});

test('the order in which clusters are given changes nothing, and every cluster has a wave', () => {
  const shuffled = fc.shuffledSubarray([...clusters(12)], { minLength: 12 });
  fc.assert(
    fc.property(shuffled, (given) => {
      const places = assignWaves(given, waves, 'r');
      assert.deepEqual(new Map([...places].sort()), new Map([...assignWaves(clusters(12), waves, 'r')].sort()));
      assert.equal(places.size, 12);
    }),
  );
});
