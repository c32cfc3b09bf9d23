import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Assignment, Rollout } from '../../generated/types.ts';
import type { PlacedAssignment } from '../../slices/placed-assignment.ts';
import { assignment, minutesAgo, now, open, placed, run, silence, wanted } from './gate-fixtures.ts';

/** First the cluster with the label, then the rest two at a time. */
const canary: Rollout = {
  waves: [
    { name: 'canary', clusterSelector: { matchLabels: { canary: 'yes' } } },
    { name: 'rest', maxConcurrent: 2 },
  ],
};
const labels = new Map([['a', { canary: 'yes' }]]);
const old = (...clusters: readonly string[]) =>
  clusters.map((cluster) => placed(assignment(cluster, 'old'), 'Healthy'));

describe('waves', () => {
  test('the first creation goes to the first wave alone', () => {
    const { names, waiting, waves } = open({ current: [], wanted: wanted('a', 'b', 'c'), labels }, canary);
    assert.deepEqual(names, ['a']);
    assert.equal(waiting.get('b'), 'waits for wave canary: 0 of 1 clusters are healthy');
    assert.deepEqual(
      waves.map(({ name, state, clusters }) => [name, state, clusters]),
      [
        ['canary', 'Open', 1],
        ['rest', 'Waiting', 2],
      ],
    );
  });

  test('without waves of its own, one cluster goes first, whatever is said of concurrency', () => {
    const current = old('a', 'b', 'c', 'd');
    assert.equal(open({ current, wanted: wanted('a', 'b', 'c', 'd') }, { maxConcurrent: '100%' }).names.length, 1);
  });

  test('the next wave waits while the first is not healthy with exactly what it should have', () => {
    const target = wanted('a', 'b');
    for (const first of [
      placed(assignment('a'), 'Applying'),
      placed(assignment('a')),
      placed(assignment('a'), 'Unhealthy'),
    ]) {
      assert.deepEqual(open({ current: [first, ...old('b')], wanted: target, labels }, canary).names, []);
    }
    const proven = [placed(assignment('a'), 'Healthy'), ...old('b')];
    assert.deepEqual(open({ current: proven, wanted: target, labels }, canary).names, ['b']);
  });

  test('a wave soaks from when its last cluster got healthy, and the time of the next decision is exact', () => {
    const soaking = { waves: [{ ...canary.waves?.[0], name: 'canary', soak: '5m' }, { name: 'rest' }] };
    const look = (since: string) =>
      open(
        { current: [placed(assignment('a'), 'Healthy', since), ...old('b')], wanted: wanted('a', 'b'), labels },
        soaking,
      );
    const early = look(minutesAgo(4));
    assert.deepEqual([early.names, early.nextDecisionAt], [[], now + 60_000]);
    assert.equal(early.waiting.get('b'), 'waits for wave canary, which soaks for 5m until 2026-01-01T12:01:00Z');
    assert.deepEqual(look(minutesAgo(5)).names, ['b']);
  });

  test('once the next wave is open, a cluster of the one before that is unwell for a moment stops nothing', () => {
    const waves = ['canary', 'rest'].map((name) => ({ name, openedAt: minutesAgo(9) }));
    const current = [placed(assignment('a'), 'Unhealthy'), ...old('b')];
    assert.deepEqual(open({ current, wanted: wanted('a', 'b'), labels, run: run({ waves }) }, canary).names, ['b']);
    assert.deepEqual(open({ current, wanted: wanted('a', 'b'), labels }, canary).names, []);
  });

  test('a wave that has passed proves itself again when its clusters should get other values of the same revision', () => {
    const waves = ['canary', 'rest'].map((name) => ({ name, openedAt: minutesAgo(9) }));
    const target = new Map([...wanted('b'), ['a', { ...assignment('a'), values: [{ expression: 'x', value: 1 }] }]]);
    const { names, opened } = open(
      { current: [placed(assignment('a'), 'Healthy'), ...old('b')], wanted: target, labels, run: run({ waves }) },
      canary,
    );
    assert.deepEqual([names, opened], [['a'], ['canary']]);
  });

  test('clusters that get no other values prove nothing of those that others get', () => {
    const values = [{ expression: 'x', value: 1 }];
    const current = ['a', 'b', 'c', 'd'].map((cluster) => placed(assignment(cluster), 'Healthy'));
    for (const changed of ['a', 'b', 'c', 'd']) {
      const target = new Map([...wanted('a', 'b', 'c', 'd'), [changed, { ...assignment(changed), values }] as const]);
      const { names, waves } = open(
        { current, wanted: target },
        { waves: [{ name: 'one', count: 1 }, { name: 'rest' }] },
      );
      assert.deepEqual([names, waves[0]?.state], [[changed], 'Open']);
    }
  });

  test('a wave of clusters that are all as they should be already needs no opening', () => {
    const current = [placed(assignment('a'), 'Healthy'), placed(assignment('b'), 'Healthy')];
    const { opened, outcome, waves } = open({ current, wanted: wanted('a', 'b'), labels }, canary);
    assert.deepEqual([opened, outcome], [[], 'Proven']);
    assert.deepEqual(
      waves.map(({ state }) => state),
      ['Done', 'Done'],
    );
  });
});

describe('slots of a wave', () => {
  test('as many move as may at once, counting those on their way', () => {
    const current = [placed(assignment('a'), 'Healthy'), placed(assignment('b'), 'Applying'), ...old('c', 'd')];
    const { names, waiting } = open({ current, wanted: wanted('a', 'b', 'c', 'd'), labels }, canary);
    assert.deepEqual(names, ['c']);
    assert.equal(waiting.get('d'), 'waits its turn: at most 2 at a time, now b, c');
  });

  test('broken clusters are repaired first, then healthy ones change, the unreachable last', () => {
    const current = [
      placed(assignment('a'), 'Healthy'),
      placed(assignment('down', 'old'), 'Unreachable'),
      placed(assignment('fine', 'old'), 'Healthy'),
      placed(assignment('sick', 'old'), 'Unhealthy'),
    ];
    const target = wanted('a', 'down', 'fine', 'sick', 'fresh');
    const look = (limit: number) =>
      open(
        { current, wanted: target, labels },
        {
          unreachable: 'Wait',
          waves: [
            { name: 'canary', clusterSelector: { matchLabels: { canary: 'yes' } } },
            { name: 'rest', maxConcurrent: limit },
          ],
        },
      );
    assert.deepEqual(look(4).names, ['sick', 'fine', 'fresh', 'down']);
    assert.deepEqual(look(2).names, ['sick', 'fine']);
  });

  test('a label orders the clusters of a wave, numbers as numbers, those without it last', () => {
    const order = new Map([
      ['a', { n: '10' }],
      ['b', { n: '9' }],
      ['c', {}],
      ['d', { n: '1' }],
    ]);
    const { names } = open(
      { current: old('a', 'b', 'c', 'd'), wanted: wanted('a', 'b', 'c', 'd'), labels: order },
      { waves: [{ name: 'all', maxConcurrent: 4, orderBy: 'n' }] },
    );
    assert.deepEqual(names, ['d', 'b', 'a', 'c']);
  });

  test('a cluster that is blocked keeps its place and its slot goes to another', () => {
    const { names, waiting } = open(
      { current: [], wanted: wanted('a', 'b'), blocked: new Map([['a', 'no such registry']]) },
      { waves: [{ name: 'all', maxConcurrent: 1 }] },
    );
    assert.deepEqual(names, ['b']);
    assert.equal(waiting.get('a'), 'no such registry');
  });

  test('a leaving cluster that is wanted again waits until it has left', () => {
    const leaving = placed(assignment('a', 'new', { state: 'Leaving' }), 'Leaving');
    const { names, waiting } = open({ current: [leaving], wanted: wanted('a') });
    assert.deepEqual(names, []);
    assert.match(waiting.get('a') ?? '', /still leaving/);
  });

  test('an entry that was overtaken is set anew, with a sequence that outgrows what was delivered', () => {
    const overtaken = { ...placed(assignment('a', 'new', { sequence: 3 }), 'Healthy'), delivered: 4 };
    assert.deepEqual(
      open({ current: [overtaken], wanted: wanted('a') }).set.map(({ sequence }) => sequence),
      [5],
    );
  });
});

describe('failures', () => {
  const failed = placed(assignment('a'), 'Unhealthy', minutesAgo(10));

  test('a cluster that is not healthy when its deadline has passed stops the rollout, and says so', () => {
    const { names, failures, waiting } = open(
      { current: [failed, ...old('b')], wanted: wanted('a', 'b'), labels },
      canary,
    );
    assert.deepEqual([names, failures], [[], { wave: 'canary', clusters: ['a'] }]);
    assert.equal(waiting.get('b'), 'stands still: 1 of wave canary failed, more than may (a)');
  });

  test('until then the time of its deadline is the next decision', () => {
    const moving = placed(assignment('a'), 'Unhealthy', minutesAgo(9));
    assert.equal(open({ current: [moving], wanted: wanted('a'), labels }, canary).nextDecisionAt, now + 60_000);
  });

  test('a refusal counts as failure after a minute, for a webhook may only be restarting', () => {
    const refused = (since: string) =>
      open({ current: [placed(assignment('a'), 'Failed', since)], wanted: wanted('a') }).failures;
    assert.equal(refused(minutesAgo(0.5)), undefined);
    assert.deepEqual(refused(minutesAgo(1)), { wave: 'first', clusters: ['a'] });
  });

  test('failures within the budget free their slot and let the next wave open, once something is proven', () => {
    const budget = {
      waves: [{ name: 'early', clusterSelector: { matchLabels: { canary: 'yes' } }, maxFailures: 1 }, { name: 'rest' }],
    };
    const both = new Map([...labels, ['a2', { canary: 'yes' }]]);
    const target = wanted('a', 'a2', 'b');
    const proven = [failed, placed(assignment('a2'), 'Healthy'), ...old('b')];
    assert.deepEqual(open({ current: proven, wanted: target, labels: both }, budget).names, ['b']);
    const nothing = [failed, ...old('b')];
    assert.deepEqual(open({ current: nothing, wanted: wanted('a', 'b'), labels: both }, budget).names, []);
  });
});

describe('clusters that cannot be reached', () => {
  const down = placed(assignment('b', 'old'), 'Unreachable', minutesAgo(30));
  const current = [placed(assignment('a'), 'Healthy'), down, ...old('c')];
  const look = (unreachable: 'Skip' | 'Wait' | 'Fail') =>
    open({ current, wanted: wanted('a', 'b', 'c'), labels }, { ...canary, unreachable });

  test('Skip goes on without them, and they change when they are back', () => {
    const { names, waiting, failures } = look('Skip');
    assert.deepEqual([names, failures], [['c'], undefined]);
    assert.equal(waiting.get('b'), 'cannot be reached; changes when it is back');
  });

  test('Wait gives them a slot, Fail counts them as failed', () => {
    assert.deepEqual(look('Wait').names, ['c', 'b']);
    assert.deepEqual(look('Fail').failures, { wave: 'rest', clusters: ['b'] });
  });

  test('a wave of which none can be reached proves nothing', () => {
    const dark = [placed(assignment('a', 'old'), 'Unreachable'), ...old('b')];
    assert.deepEqual(open({ current: dark, wanted: wanted('a', 'b'), labels }, canary).names, []);
  });
});

describe('replicas', () => {
  const current = ['a', 'b'].map((cluster) => placed(assignment(cluster, 'new', { replicas: { web: 2 } }), 'Healthy'));
  const target = new Map(['a', 'b'].map((cluster) => [cluster, assignment(cluster, 'new', { replicas: { web: 3 } })]));

  test('a change of replicas alone goes to every cluster at once', () => {
    assert.deepEqual(open({ current, wanted: target, labels }, canary).names, ['a', 'b']);
  });

  test('unless it is to take the waves', () => {
    assert.deepEqual(open({ current, wanted: target, labels }, { ...canary, scaleImmediately: false }).names, ['a']);
  });

  test('then a cluster takes them too that has never changed since it joined', () => {
    const joined = current.map((each) => ({ ...each, assignment: { ...each.assignment, sequence: 1 } }));
    const input = { current: joined, wanted: target, labels, run: run({ stable: 'new' }) };
    assert.deepEqual(open(input, { ...canary, scaleImmediately: false }).names, ['a']);
  });

  test('a cluster that waits for its content gets them at once, with what it runs now', () => {
    const waits = (more: Partial<Assignment>) =>
      placed(assignment('b', 'old', { replicas: { web: 2, gone: 1 }, ...more }), 'Healthy');
    const set = (entry: PlacedAssignment, more = {}) =>
      open({ current: [...old('a'), entry], wanted: target, labels, ...more }, canary).set.filter(
        ({ cluster }) => cluster === 'b',
      );
    const hole = { expression: 'replicas["web"]', value: 2 };
    const [scaled] = set(waits({ values: [{ expression: 'cluster.name', value: 'b' }, hole] }));
    assert.equal(scaled?.revision, 'old');
    assert.deepEqual(scaled?.replicas, { web: 3, gone: 1 });
    assert.deepEqual(scaled?.values, [
      { expression: 'cluster.name', value: 'b' },
      { expression: 'replicas["web"]', value: 3 },
    ]);
    assert.deepEqual(set(waits({ values: [{ expression: 'replicas["web"] * 2', value: 4 }] })), []);
    assert.deepEqual(set(waits({}), { paused: new Map([['b', 'disks']]) }), []);
    assert.deepEqual(set(waits({}), { brakes: [{ stops: 'All', message: 'stop' }] }), []);
  });
});

describe('joining and leaving while others run it', () => {
  const ended = run({ endedAt: minutesAgo(1), stable: 'new' });

  test('after a rollout a cluster joins with its revision, some at a time', () => {
    const current = ['a', 'b', 'c', 'd'].map((cluster) => placed(assignment(cluster), 'Healthy'));
    const { names, waiting } = open(
      { current, wanted: wanted('a', 'b', 'c', 'd', 'e', 'f', 'g'), run: ended },
      { maxJoining: 2 },
    );
    assert.deepEqual(names, ['e', 'f']);
    assert.equal(waiting.get('g'), 'waits to join: at most 2 at a time');
  });

  test('nobody waits for a cluster that joined, and its failure is no verdict on the revision', () => {
    const joined = placed(assignment('j', 'new', { sequence: 1 }), 'Unhealthy', minutesAgo(60));
    const current = [placed(assignment('a'), 'Healthy'), joined, ...old('b')];
    const input = { current, wanted: wanted('a', 'b', 'j'), labels: new Map([...labels, ['j', { canary: 'yes' }]]) };
    const { names, failures } = open({ ...input, run: run({ stable: 'old' }) }, canary);
    assert.deepEqual([names, failures], [['b'], undefined]);
    assert.deepEqual(
      open(input, canary).failures,
      { wave: 'canary', clusters: ['j'] },
      'in the first rollout all are new',
    );
  });

  test('a cluster that never had the target is judged, however new it is', () => {
    const down = placed(assignment('b', 'old', { sequence: 1 }), 'Unreachable');
    const current = [placed(assignment('a'), 'Healthy'), down];
    const { failures } = open(
      { current, wanted: wanted('a', 'b'), labels, run: run({ stable: 'old' }) },
      { ...canary, unreachable: 'Fail' },
    );
    assert.deepEqual(failures, { wave: 'rest', clusters: ['b'] });
  });

  test('in the middle of one it joins with what was healthy everywhere, or with the target where its wave has passed', () => {
    const waves = ['canary', 'rest'].map((name) => ({ name, openedAt: minutesAgo(9) }));
    const meanwhile = new Map(['j', 'k'].map((cluster) => [cluster, assignment(cluster, 'old')]));
    const both = new Map([...labels, ['j', { canary: 'yes' }]]);
    const { set } = open(
      {
        ...{ current: [placed(assignment('a'), 'Healthy'), ...old('b')], wanted: wanted('a', 'b', 'j', 'k') },
        ...{ labels: both, meanwhile, run: run({ waves, stable: 'old' }) },
      },
      { ...canary, maxJoining: 2 },
    );
    assert.deepEqual(
      set.map(({ cluster, revision }) => `${cluster} ${revision}`),
      ['b new', 'j new', 'k old'],
    );
  });

  test('one more than may leave, and none does, however often it is asked; an approval of exactly these lets them go', () => {
    const current = ['a', 'b', 'c'].map((cluster) => placed(assignment(cluster), 'Healthy'));
    const input = { current, wanted: wanted('c'), unwanted: new Set(['a', 'b']), run: ended };
    assert.deepEqual([open(input).leave, open(input).held], [[], ['a', 'b']]);
    assert.deepEqual(open(input, { maxRemovals: 2 }).leave, ['a', 'b']);
    const consent = (...clusters: readonly string[]) => ({
      ...{ approvers: new Map(), rejections: new Map(), ignored: new Map() },
      removals: [{ uid: 'u', clusters: new Set(clusters) }],
    });
    for (const others of [['a'], ['a', 'b', 'c']]) {
      assert.deepEqual(
        open({ ...input, consent: consent(...others) }).held,
        ['a', 'b'],
        'another list is another decision',
      );
    }
    const allowed = open({ ...input, consent: consent('a', 'b') });
    assert.deepEqual([allowed.leave, allowed.usedApprovals], [['a', 'b'], ['u']]);
  });

  test('with a limit of 0 none leaves without an approval', () => {
    const current = ['a', 'b', 'c'].map((cluster) => placed(assignment(cluster), 'Healthy'));
    const input = { current, wanted: wanted('b', 'c'), unwanted: new Set(['a']), run: ended };
    assert.deepEqual([open(input, { maxRemovals: 0 }).leave, open(input, { maxRemovals: 0 }).held], [[], ['a']]);
    const removals = [{ uid: 'u', clusters: new Set(['a']) }];
    assert.deepEqual(open({ ...input, consent: { ...silence, removals } }, { maxRemovals: 0 }).leave, ['a']);
  });

  test('a cluster that people have paused does not leave', () => {
    const current = ['a', 'b'].map((cluster) => placed(assignment(cluster), 'Healthy'));
    const paused = new Map([['a', 'disks are replaced']]);
    const input = { current, wanted: wanted('b'), unwanted: new Set(['a']), run: ended };
    assert.deepEqual([open(input).leave, open({ ...input, paused }).leave], [['a'], []]);
  });

  test('clusters that are leaving already count against the limit', () => {
    const leaving = placed(assignment('a', 'new', { state: 'Leaving' }), 'Leaving');
    const current = [leaving, placed(assignment('b'), 'Healthy'), placed(assignment('c'), 'Healthy')];
    assert.deepEqual(open({ current, wanted: wanted('c'), unwanted: new Set(['b']), run: ended }).leave, []);
  });

  test('the last healthy cluster leaves only when one that stays is healthy', () => {
    const last = placed(assignment('a'), 'Healthy');
    const look = (...others: Parameters<typeof open>[0]['current']) =>
      open({ current: [last, ...others], wanted: wanted('b'), unwanted: new Set(['a']), run: ended });
    assert.match(look().waiting.get('a') ?? '', /stays until/);
    assert.deepEqual(look(placed(assignment('b'), 'Applying')).leave, []);
    assert.deepEqual(look(placed(assignment('b'), 'Healthy')).leave, ['a']);
  });
});
