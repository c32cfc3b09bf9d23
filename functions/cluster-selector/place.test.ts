import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Placement as PlacementSpec } from '../generated/types.ts';
import { candidate, decide, inRegion, leaving, minutesAgo, names, present, verdict } from './place-fixtures.ts';

const five = ['a', 'b', 'c', 'd', 'e'];

test('all that match are chosen when no number is given', () => {
  const outcome = decide(
    ['b', 'a', 'c'].map((name) => candidate(name)),
    { clusterNames: ['a', 'b'] },
  );
  assert.deepEqual(names(outcome), ['a', 'b']);
  assert.deepEqual(verdict(outcome, 'c'), { cluster: 'c', verdict: 'Filtered', reason: 'not among the cluster names' });
  assert.equal(outcome.summary.message, '2 of 3 clusters: 1 not among the cluster names');
});

describe('a number of clusters', () => {
  const clusters = five.map((name) => candidate(name));

  test('is filled, and what runs keeps its place', () => {
    const [free] = names(decide(clusters, { numberOfClusters: 1 }));
    const other = five.find((name) => name !== free) ?? '';
    const outcome = decide(clusters, { numberOfClusters: 2 }, [present(other)]);
    assert.deepEqual(names(outcome), [free, other].sort());
    assert.equal(verdict(outcome, other)?.verdict, 'Kept');
  });

  test('when it shrinks, the same ones leave whatever the order of arrival', () => {
    const all = five.map((name) => present(name));
    const outcome = decide(clusters, { numberOfClusters: 3 }, all);
    assert.deepEqual(names(decide(clusters, { numberOfClusters: 3 }, all.toReversed())), names(outcome));
    assert.equal(leaving(outcome).length, 2);
  });

  test('that cannot be reached is said, and what fits is taken', () => {
    const outcome = decide(clusters, { numberOfClusters: 9 });
    assert.equal(outcome.chosen.length, 5);
    assert.equal(outcome.summary.reason, 'TooFewClusters');
  });

  test('of at least and at most takes the most, and is content with the least', () => {
    assert.equal(decide(clusters, { minClusters: 2, maxClusters: 4 }).chosen.length, 4);
    assert.equal(decide(clusters.slice(0, 2), { minClusters: 2, maxClusters: 4 }).summary.reason, 'Placed');
    assert.equal(decide(clusters.slice(0, 1), { minClusters: 2, maxClusters: 4 }).summary.reason, 'TooFewClusters');
  });

  test('a cluster that is still leaving is taken last', () => {
    const [first = ''] = names(decide(clusters, { numberOfClusters: 1 }));
    const outcome = decide(clusters, { numberOfClusters: 1 }, [present(first, { leaving: true })]);
    assert.notDeepEqual(names(outcome), [first]);
  });

  test('the next in line is told what would have selected it', () => {
    const outcome = decide(clusters, { numberOfClusters: 2 });
    const suggested = outcome.verdicts.filter(({ suggestion }) => suggestion !== undefined);
    assert.deepEqual(
      suggested.map(({ verdict: word, suggestion }) => [word, suggestion]),
      [['Outscored', 'would be selected with 3 clusters']],
    );
    const [next] = suggested.map(({ cluster }) => cluster);
    assert.ok(names(decide(clusters, { numberOfClusters: 3 })).includes(next ?? ''));
  });
});

describe('fail static', () => {
  const two = ['a', 'b'].map((name) => candidate(name));

  test('a present cluster that no longer matches leaves', () => {
    const outcome = decide(two, { clusterNames: ['b'] }, [present('a'), present('b')]);
    assert.deepEqual(verdict(outcome, 'a'), {
      cluster: 'a',
      verdict: 'Leaving',
      reason: 'not among the cluster names',
    });
  });

  test('when nothing fits any more, what runs is kept', () => {
    const outcome = decide([candidate('a')], { clusterNames: ['x'] }, [present('a')]);
    assert.equal(outcome.mode, 'KeepLastGood');
    assert.equal(verdict(outcome, 'a')?.verdict, 'Kept');
    assert.equal(outcome.summary.reason, 'Infeasible');
  });

  test('a cluster whose set cannot be read is kept', () => {
    const outcome = decide([candidate('a')], {}, [present('a'), present('gone')], { readableSets: [] });
    assert.equal(verdict(outcome, 'gone')?.verdict, 'Kept');
    assert.equal(verdict(decide([candidate('a')], {}, [present('a'), present('gone')]), 'gone')?.verdict, 'Leaving');
  });

  test('a cluster that no inventory knows any more can be released by excluding it', () => {
    const running = [present('a'), present('gone')];
    const outcome = decide([candidate('a')], { excludedClusterNames: ['gone'] }, running, { readableSets: [] });
    assert.deepEqual(verdict(outcome, 'gone'), { cluster: 'gone', verdict: 'Leaving', reason: 'excluded by name' });
  });

  test('an expression that cannot be evaluated removes nothing and adds nothing', () => {
    const outcome = decide(two, { cel: 'cluster.labels["region"] == "eu"' }, [present('a')]);
    assert.deepEqual(names(outcome), ['a']);
    assert.equal(verdict(outcome, 'b')?.verdict, 'Filtered');
    assert.equal(outcome.summary.reason, 'SelectionFailed');
  });
});

describe('a label that changes', () => {
  const matching = { clusterSelector: { matchLabels: { region: 'eu' } } };
  const running = [present('a'), present('b')];

  test('moves nothing before the grace period is over, and says when', () => {
    const fleet = [inRegion('a', 'us', { changedAt: minutesAgo(4) }), inRegion('b', 'eu')];
    const outcome = decide(fleet, matching, running);
    assert.deepEqual(leaving(outcome), []);
    assert.match(verdict(outcome, 'a')?.reason ?? '', /region is us, not eu; leaves at 2026-01-01T00:11:00Z/);
    assert.equal(outcome.nextDecisionAt, minutesAgo(-1));
  });

  test('counts after it', () => {
    const fleet = [inRegion('a', 'us', { changedAt: minutesAgo(5) }), inRegion('b', 'eu')];
    assert.deepEqual(leaving(decide(fleet, matching, running)), ['a']);
  });

  test('in the policy counts at once', () => {
    const fleet = [inRegion('a', 'us'), inRegion('b', 'eu')];
    assert.deepEqual(leaving(decide(fleet, matching, running)), ['a']);
  });

  test('is no reason to leave when the policy says so', () => {
    const fleet = [inRegion('a', 'us', { changedAt: minutesAgo(50) }), inRegion('b', 'eu')];
    assert.deepEqual(leaving(decide(fleet, { ...matching, reschedule: ['Unhealthy'] }, running)), []);
  });
});

test('an amount that changes drives nothing away, and draws no new work', () => {
  const poor = candidate('a');
  const fleet = [{ ...poor, facts: { ...poor.facts, properties: { nodes: '2' } } }];
  const spec: PlacementSpec = {
    affinity: { required: [{ properties: [{ name: 'nodes', operator: 'Gt', values: ['3'] }] }] },
  };
  assert.deepEqual(names(decide(fleet, spec, [present('a')])), ['a']);
  assert.deepEqual(names(decide(fleet, spec)), []);
});

describe('taints', () => {
  const taint = { key: 'maintenance', effect: 'NoExecute', since: minutesAgo(5) } as const;
  const fleet = [candidate('a', { taints: [taint] }), candidate('b'), candidate('c')];

  test('keep new work away, and say what would help', () => {
    const outcome = decide(fleet, {});
    assert.deepEqual(names(outcome), ['b', 'c']);
    assert.equal(verdict(outcome, 'a')?.reason, 'taint maintenance:NoExecute');
    assert.equal(verdict(outcome, 'a')?.suggestion, 'would be selected with toleration maintenance');
  });

  test('with NoExecute drive work away, once another cluster runs it', () => {
    const waiting = decide(fleet, { numberOfClusters: 1 }, [present('a')]);
    assert.deepEqual(leaving(waiting), []);
    assert.equal(waiting.chosen.length, 1);
    assert.match(verdict(waiting, 'a')?.reason ?? '', /stays until .* the cluster that takes its place is healthy/);
    assert.equal(waiting.nextDecisionAt, minutesAgo(-5));
    const [next = ''] = names(waiting);
    const starting = decide(fleet, { numberOfClusters: 1 }, [present('a'), present(next, { isHealthy: false })]);
    assert.deepEqual(leaving(starting), []);
    assert.deepEqual(leaving(decide(fleet, { numberOfClusters: 1 }, [present('a'), present(next)])), ['a']);
  });

  test('on many clusters move one at a time, each when its successor runs', () => {
    const drained = ['a', 'b'].map((name) => candidate(name, { taints: [taint] }));
    const all = [...drained, candidate('c'), candidate('d')];
    const spec = { numberOfClusters: 2 };
    const running = ['a', 'b', 'c', 'd'].map((name) => present(name));
    assert.equal(leaving(decide(all, spec, running)).length, 1);
    const [first = ''] = leaving(decide(all, spec, running));
    const rest = running.map((each) => (each.cluster === first ? present(first, { leaving: true }) : each));
    assert.deepEqual(leaving(decide(all, spec, rest)), []);
    assert.equal(leaving(decide(all, { ...spec, maxConcurrentMoves: 2 }, running)).length, 2);
  });

  test('that leave too few clusters are told all at once, for the removal guard to decide', () => {
    const drained = ['a', 'b'].map((name) => candidate(name, { taints: [taint] }));
    const running = ['a', 'b', 'c'].map((name) => present(name));
    assert.deepEqual(leaving(decide([...drained, candidate('c')], { numberOfClusters: 3 }, running)), ['a', 'b']);
  });

  test('do so at the deadline although no other cluster got healthy', () => {
    const old = { ...taint, since: minutesAgo(10) };
    const running = [present('a'), present('b', { isHealthy: false })];
    const outcome = decide([candidate('a', { taints: [old] }), candidate('b')], { numberOfClusters: 1 }, running);
    assert.deepEqual(leaving(outcome), ['a']);
  });

  test('with NoExecute are tolerated for as long as said', () => {
    const tolerations = [{ key: 'maintenance', operator: 'Exists', tolerationSeconds: 360 } as const];
    const outcome = decide(fleet, { tolerations }, [present('a')]);
    assert.ok(names(outcome).includes('a'));
    assert.equal(outcome.nextDecisionAt, minutesAgo(-1));
  });

  test('with NoExecute everywhere remove nothing: that is infeasible', () => {
    const outcome = decide([candidate('a', { taints: [taint] })], {}, [present('a')]);
    assert.equal(outcome.mode, 'KeepLastGood');
    assert.equal(outcome.summary.message, '0 of 1 clusters: 1 taint maintenance:NoExecute; what runs is kept');
  });
});

test('what Apps stand on goes to tainted and unhealthy clusters too, and never leaves them for that', () => {
  const taint = { key: 'maintenance', effect: 'NoExecute', since: 0 } as const;
  const fleet = [candidate('a', { taints: [taint] }), candidate('b', { isHealthy: false, healthChangedAt: 0 })];
  const foundation = { isFoundation: true };
  assert.deepEqual(names(decide(fleet, {}, [], foundation)), ['a', 'b']);
  assert.deepEqual(leaving(decide(fleet, {}, [present('a'), present('b')], foundation)), []);
});

describe('an unhealthy cluster', () => {
  const ill = (name: string, minutes: number) =>
    candidate(name, { isHealthy: false, healthChangedAt: minutesAgo(minutes) });

  test('gets no new work and keeps what it runs', () => {
    const outcome = decide([ill('a', 60), candidate('b')], {}, [present('a')]);
    assert.deepEqual(names(outcome), ['a', 'b']);
    assert.deepEqual(names(decide([ill('a', 60), candidate('b')], {})), ['b']);
  });

  test('is replaced after a while where a number of clusters is wanted, and stays until the other is healthy', () => {
    const running = [present('a', { isHealthy: false }), present('b')];
    const early = decide([ill('a', 4), candidate('b'), candidate('c')], { numberOfClusters: 2 }, running);
    assert.deepEqual(names(early), ['a', 'b']);
    assert.equal(early.nextDecisionAt, minutesAgo(-1));
    const fleet = [ill('a', 6), candidate('b'), candidate('c')];
    const begun = decide(fleet, { numberOfClusters: 2 }, running);
    assert.deepEqual([names(begun), leaving(begun)], [['b', 'c'], []]);
    assert.deepEqual(leaving(decide(fleet, { numberOfClusters: 2 }, [...running, present('c')])), ['a']);
  });

  test('stays while no other cluster fits', () => {
    const outcome = decide([ill('a', 60), candidate('b')], { numberOfClusters: 2 }, [present('a'), present('b')]);
    assert.deepEqual([names(outcome), leaving(outcome)], [['a', 'b'], []]);
  });

  test('is not replaced when the policy says so', () => {
    const spec: PlacementSpec = { numberOfClusters: 1, reschedule: ['NoLongerMatches'] };
    assert.deepEqual(names(decide([ill('a', 60), candidate('b')], spec, [present('a')])), ['a']);
  });

  test('waits until the one before it has moved', () => {
    const fleet = [ill('a', 30), ill('b', 20), candidate('c'), candidate('d')];
    const running = [present('a', { isHealthy: false }), present('b', { isHealthy: false })];
    const outcome = decide(fleet, { numberOfClusters: 2 }, running);
    assert.equal(names(outcome).includes('b'), true);
    assert.equal(names(outcome).includes('a'), false);
    const next = names(outcome).find((name) => name !== 'b') ?? '';
    const again = decide(fleet, { numberOfClusters: 2 }, [...running, present(next, { isHealthy: false })]);
    assert.deepEqual(names(again), names(outcome));
    const both = decide(fleet, { numberOfClusters: 2, maxConcurrentMoves: 2 }, running);
    assert.deepEqual(names(both), ['c', 'd']);
  });
});

describe('groups', () => {
  const spec: PlacementSpec = {
    numberOfClusters: 2,
    groups: [
      { name: 'own', clusters: { clusterSelector: { matchLabels: { region: 'eu' } } } },
      { name: 'rented', clusters: { clusterSelector: { matchLabels: { region: 'us' } } } },
    ],
  };

  test('are filled in their order, and clusters in none get nothing', () => {
    const fleet = [inRegion('a', 'us'), inRegion('b', 'eu'), inRegion('c', 'us'), inRegion('d', 'asia')];
    const outcome = decide(fleet, spec);
    assert.ok(names(outcome).includes('b'));
    assert.equal(outcome.chosen.length, 2);
    assert.equal(verdict(outcome, 'd')?.reason, 'in none of the groups');
  });

  test('are not gone back to unless that is asked for, and then only when the cluster has been fit for a while', () => {
    const fleet = [inRegion('a', 'us'), inRegion('b', 'eu', { healthChangedAt: minutesAgo(9) })];
    const running = [present('a')];
    const one = { ...spec, numberOfClusters: 1 };
    assert.deepEqual(names(decide(fleet, one, running)), ['a']);
    const early = decide(fleet, { ...one, failbackAfterSeconds: 600 }, running);
    assert.deepEqual([names(early), early.nextDecisionAt], [['a'], minutesAgo(-1)]);
    assert.deepEqual(names(decide(fleet, { ...one, failbackAfterSeconds: 300 }, running)), ['b']);
  });

  test('without a number: the first group that has any', () => {
    const { numberOfClusters: _, ...all } = spec;
    const fleet = [inRegion('a', 'us'), inRegion('b', 'eu'), inRegion('c', 'eu')];
    assert.deepEqual(names(decide(fleet, all)), ['b', 'c']);
    assert.deepEqual(names(decide([inRegion('a', 'us'), inRegion('b', 'eu', { isHealthy: false })], all)), ['a']);
  });
});

describe('spread', () => {
  const fleet = [...['a', 'b', 'c', 'd'].map((name) => inRegion(name, 'eu')), inRegion('e', 'us'), candidate('f')];
  const spread = [{ topologyKey: 'region' }];

  test('takes clusters from all regions in turn, and none outside', () => {
    const outcome = decide(fleet, { numberOfClusters: 2, spread });
    assert.equal(names(outcome).includes('e'), true);
    assert.equal(verdict(outcome, 'f')?.reason, 'region is not set, and spread needs it');
  });

  test('that would be broken leaves the number unreached, and says so', () => {
    const outcome = decide(fleet, { numberOfClusters: 4, spread });
    assert.equal(outcome.chosen.length, 3);
    assert.equal(outcome.summary.reason, 'TooFewClusters');
    assert.match(outcome.summary.message, /region=eu .*maxSkew 1/);
  });

  test('that is but a wish gives way', () => {
    const wish = [{ topologyKey: 'region', whenUnsatisfiable: 'ScheduleAnyway' } as const];
    assert.equal(decide(fleet, { numberOfClusters: 4, spread: wish }).chosen.length, 4);
  });

  test('takes away from the fullest region', () => {
    const running = ['a', 'b', 'e'].map((name) => present(name));
    const [gone = ''] = leaving(decide(fleet, { numberOfClusters: 2, spread }, running));
    assert.ok(['a', 'b'].includes(gone));
  });

  test('mends a region that was left behind one cluster at a time', () => {
    const lopsided = [...fleet, inRegion('g', 'us')];
    const running = ['a', 'b', 'c'].map((name) => present(name));
    assert.deepEqual(names(decide(lopsided, { numberOfClusters: 5, spread }, running)), ['a', 'b', 'c', 'e', 'g']);
  });
});

test('preferred clusters are taken first, and the score shows its parts', () => {
  const fleet = [inRegion('a', 'us'), inRegion('b', 'eu'), inRegion('c', 'us')];
  const spec: PlacementSpec = {
    numberOfClusters: 1,
    affinity: { preferred: [{ weight: 10, term: { clusterSelector: { matchLabels: { region: 'eu' } } } }] },
  };
  const outcome = decide(fleet, spec);
  assert.deepEqual(names(outcome), ['b']);
  assert.equal(verdict(outcome, 'b')?.reason, 'member of eu, score 100 (Affinity 100)');
  assert.equal(verdict(outcome, 'a')?.score, 0);
});

describe('starting over', () => {
  const fleet = [inRegion('a', 'us'), inRegion('b', 'eu'), inRegion('c', 'us'), inRegion('d', 'eu')];
  const spec: PlacementSpec = {
    numberOfClusters: 2,
    affinity: { preferred: [{ weight: 10, term: { clusterSelector: { matchLabels: { region: 'eu' } } } }] },
    rescheduleAt: '2026-01-01T00:05:00Z',
  };

  test('exchanges one cluster after the other, make before break, and settles', () => {
    const running = new Map([present('a'), present('c')].map((entry) => [entry.cluster, entry]));
    const history: string[] = [];
    for (let step = 0; step < 10; step += 1) {
      const outcome = decide(fleet, spec, [...running.values()]);
      history.push([...running.keys()].sort().join(''));
      if (outcome.isSettled) break;
      for (const cluster of leaving(outcome)) running.delete(cluster);
      for (const cluster of names(outcome)) if (!running.has(cluster)) running.set(cluster, present(cluster));
    }
    assert.deepEqual([...running.keys()].sort(), ['b', 'd']);
    assert.equal(
      history.every((clusters) => clusters.length >= 2 && clusters.length <= 3),
      true,
      history.join(' '),
    );
  });

  test('is done once', () => {
    const outcome = decide(fleet, spec, [present('a'), present('c')], { rescheduledAt: spec.rescheduleAt ?? '' });
    assert.deepEqual(names(outcome), ['a', 'c']);
  });
});

test('a cluster that stands in two slices by mistake counts once', () => {
  const twice = [present('a'), present('a'), present('b')];
  const outcome = decide(
    ['a', 'b'].map((name) => candidate(name)),
    { numberOfClusters: 2 },
    twice,
  );
  assert.deepEqual(names(outcome), ['a', 'b']);
});

test('the order of candidates and of what is present makes no difference', () => {
  const fleet = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 8 });
  const number = fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined });
  fc.assert(
    fc.property(fleet, fleet, number, (members, running, wanted) => {
      const spec =
        wanted === undefined
          ? {}
          : {
              numberOfClusters: wanted,
              spread: [{ topologyKey: 'region', whenUnsatisfiable: 'ScheduleAnyway' } as const],
            };
      const all = members.map((name) => inRegion(name, name.slice(0, 1)));
      const here = running.map((name) => present(name));
      assert.deepEqual(decide(all, spec, here), decide(all.toReversed(), spec, here.toReversed()));
    }),
  );
});
