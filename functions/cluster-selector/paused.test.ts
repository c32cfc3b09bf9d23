import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Candidate } from '../clusters/cluster-facts.ts';
import { candidate, decide, inRegion, leaving, minutesAgo, names, now, present, verdict } from './place-fixtures.ts';

const paused = { paused: 'Etcd is being moved.' };
const reason = 'paused in ClusterSet eu: Etcd is being moved.';
const lost = { isHealthy: false, healthChangedAt: minutesAgo(60) };
const evicting: Candidate['taints'] = [{ key: 'maintenance', effect: 'NoExecute', since: minutesAgo(60) }];

test('a paused cluster is not chosen anew, whatever the composite tolerates', () => {
  for (const more of [{}, { isFoundation: true }]) {
    const outcome = decide([candidate('a', paused), candidate('b')], {}, [], more);
    assert.deepEqual(names(outcome), ['b']);
    assert.deepEqual(verdict(outcome, 'a'), { cluster: 'a', verdict: 'Filtered', reason });
  }
});

describe('a paused cluster that runs the composite is not made to leave', () => {
  const others = [candidate('b'), candidate('c')];
  const kept = (more: Partial<Candidate>, spec: Parameters<typeof decide>[1], here = ['a', 'b']) => {
    const outcome = decide(
      [candidate('a', { ...paused, ...more }), ...others],
      spec,
      here.map((name) => present(name)),
    );
    assert.deepEqual(leaving(outcome).includes('a'), false);
    assert.ok(names(outcome).includes('a'));
    const { verdict: kind, reason: why } = verdict(outcome, 'a') ?? assert.fail();
    assert.deepEqual([kind, why], ['Kept', reason]);
    return outcome;
  };

  test('by its taints, its health, or a selector that it no longer matches', () => {
    kept({ taints: evicting }, {});
    kept(lost, { numberOfClusters: 2 });
    kept({}, { clusterSelector: { matchLabels: { region: 'us' } } });
    kept({}, { clusterNames: ['b'] });
  });

  test('by name', () => {
    kept({}, { excludedClusterNames: ['a'] });
  });

  test('because fewer clusters are wanted: others go instead', () => {
    assert.deepEqual(names(kept({}, { numberOfClusters: 1 })), ['a']);
    assert.deepEqual(names(kept({}, { numberOfClusters: 2 }, ['a', 'b', 'c'])).length, 2);
  });

  test('because all is decided anew', () => {
    kept({}, { numberOfClusters: 1, rescheduleAt: new Date(now).toISOString() }, ['a']);
  });

  test('because a cluster of an earlier group takes the work back, with a number of clusters or without', () => {
    const groups = [
      { name: 'near', clusters: { clusterNames: ['b'] } },
      { name: 'far', clusters: { clusterNames: ['a'] } },
    ];
    kept({}, { groups, numberOfClusters: 1, failbackAfterSeconds: 0 }, ['a']);
    kept({}, { groups, failbackAfterSeconds: 0 }, ['a', 'b']);
  });

  test('when more paused clusters run it than are wanted', () => {
    const all = ['a', 'b', 'c'].map((name) => candidate(name, paused));
    const outcome = decide(
      all,
      { numberOfClusters: 1 },
      ['a', 'b', 'c'].map((name) => present(name)),
    );
    assert.deepEqual([names(outcome), leaving(outcome)], [['a', 'b', 'c'], []]);
  });

  test('and the spread of the others counts it', () => {
    const fleet = [inRegion('a', 'eu', paused), inRegion('b', 'eu'), inRegion('c', 'us')];
    const spread = [{ topologyKey: 'region', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' as const }];
    const outcome = decide(
      fleet,
      { numberOfClusters: 2, spread },
      ['a', 'b', 'c'].map((name) => present(name)),
    );
    assert.deepEqual([names(outcome), leaving(outcome)], [['a', 'c'], ['b']]);
  });
});

test('a cluster that is no longer in its set leaves although it was paused there', () => {
  const outcome = decide([candidate('b')], {}, [present('a'), present('b')]);
  assert.deepEqual(leaving(outcome), ['a']);
});
