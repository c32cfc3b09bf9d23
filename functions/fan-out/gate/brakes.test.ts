import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assignment, minutesAgo, now, open, placed, run, silence, wanted } from './gate-fixtures.ts';
import type { Brake } from './moves.ts';

const cord: Brake = { stops: 'All', message: 'AndonCord outage: database' };
const freeze: Brake = { stops: 'Planned', message: 'the Tier is frozen: Friday', until: now + 60_000 };

/** Something of everything: content to change, a cluster to scale, one that joins in place of one that is lost, one to leave. */
const fleet = {
  current: [
    placed(assignment('a', 'new', { replicas: { web: 1 } }), 'Healthy'),
    placed(assignment('b', 'old'), 'Healthy'),
    placed(assignment('lost', 'old'), 'Unreachable'),
  ],
  wanted: new Map([...wanted('b', 'j'), ['a', assignment('a', 'new', { replicas: { web: 2 } })] as const]),
  meanwhile: new Map([['j', assignment('j', 'old')]]),
  unwanted: new Set(['lost']),
  run: run({ stable: 'old', waves: [{ name: 'all', openedAt: minutesAgo(5) }] }),
};
const policy = { waves: [{ name: 'all', maxConcurrent: 4 }] };

describe('brakes', () => {
  test('without one everything that may happens', () => {
    const { names, leave } = open(fleet, policy);
    assert.deepEqual([names, leave], [['b', 'a', 'j'], ['lost']]);
  });

  test('a pulled cord stops all of it at once, and every cluster says why', () => {
    const { names, leave, waiting } = open({ ...fleet, brakes: [cord] }, policy);
    assert.deepEqual([names, leave], [[], []]);
    for (const cluster of ['a', 'b', 'j', 'lost']) assert.equal(waiting.get(cluster), cord.message, cluster);
  });

  test('a freeze stops what is planned; what replaces a lost cluster goes on with what was healthy before, and so does scaling', () => {
    const { set, leave, nextDecisionAt } = open({ ...fleet, brakes: [freeze] }, policy);
    assert.deepEqual(
      set.map(({ cluster, revision }) => `${cluster} ${revision}`),
      ['a new', 'j old'],
    );
    assert.deepEqual([leave, nextDecisionAt], [[], freeze.until]);
  });

  test('a cluster whose wave has passed waits for the brake, and says so', () => {
    const begun = run({ waves: ['first', 'rest'].map((name) => ({ name, openedAt: minutesAgo(5) })) });
    const labels = new Map([['b', { first: 'yes' }]]);
    const waves = [{ name: 'first', clusterSelector: { matchLabels: { first: 'yes' } } }, { name: 'rest' }];
    const current = [placed(assignment('a'), 'Healthy'), placed(assignment('b', 'old'), 'Healthy')];
    const input = { current, wanted: wanted('a', 'b'), labels, run: begun };
    assert.deepEqual(open(input, { waves }).names, ['b']);
    const { names, waiting } = open({ ...input, brakes: [cord] }, { waves });
    assert.deepEqual([names, waiting.get('b')], [[], cord.message]);
  });

  test('a freeze holds a join that replaces nothing', () => {
    const { names } = open({ ...fleet, unwanted: new Set(), brakes: [freeze] }, policy);
    assert.deepEqual(names, ['a']);
  });
});

describe('maintenance windows', () => {
  const nights = { schedule: '0 22 * * *', duration: '4h' };

  test('a wave waits for its window, and says when it opens', () => {
    const { names, waiting, nextDecisionAt } = open(
      { current: [placed(assignment('b', 'old'), 'Healthy')], wanted: wanted('b') },
      { waves: [{ name: 'all', window: nights }] },
    );
    assert.deepEqual([names, nextDecisionAt], [[], Date.UTC(2026, 0, 1, 22)]);
    assert.equal(waiting.get('b'), 'its maintenance window is closed, until 2026-01-01T22:00:00Z');
  });

  test('an open window lets it go', () => {
    const days = { schedule: '0 11 * * *', duration: '2h' };
    const current = [placed(assignment('b', 'old'), 'Healthy')];
    assert.deepEqual(open({ current, wanted: wanted('b') }, { waves: [{ name: 'all', window: days }] }).names, ['b']);
  });

  test('the window of the whole rollout holds for leaving as well, not for replacing what is lost', () => {
    const { names, leave } = open(fleet, { ...policy, window: nights });
    assert.deepEqual([names, leave], [['a', 'j'], []]);
  });
});

describe('approvals', () => {
  const gated = { waves: [{ name: 'prod', approval: { quorum: 2 } }] };
  const input = { current: [placed(assignment('b', 'old'), 'Healthy')], wanted: wanted('b') };
  const approved = (...names: readonly string[]) => ({ ...silence, approvers: new Map([['prod', names]]) });

  test('a wave waits until enough people have approved', () => {
    assert.match(open(input, gated).waiting.get('b') ?? '', /waits for 2 of 2 approvals of revision new/);
    const half = open({ ...input, consent: approved('bob') }, gated);
    assert.match(half.waiting.get('b') ?? '', /waits for 1 of 2/);
    assert.deepEqual(half.waves[0]?.approvals, { given: 1, wanted: 2, clusters: ['b'] });
    const { names, opened } = open({ ...input, consent: approved('bob', 'carol') }, gated);
    assert.deepEqual([names, opened], [['b'], ['prod']]);
  });

  test('a rejection outweighs them, and an approval that does not count is explained', () => {
    const rejected = { ...approved('bob', 'carol'), rejections: new Map([['prod', 'rejected by dan: too risky']]) };
    assert.equal(open({ ...input, consent: rejected }, gated).waiting.get('b'), 'rejected by dan: too risky');
    const ignored = { ...silence, ignored: new Map([['prod', 'the approval of bob does not count: it has expired']]) };
    assert.match(open({ ...input, consent: ignored }, gated).waiting.get('b') ?? '', /approval of bob does not count/);
  });

  test('a wave that was opened stays open when the approval is gone', () => {
    const begun = run({ waves: [{ name: 'prod', openedAt: minutesAgo(1), approvedBy: ['bob', 'carol'] }] });
    assert.deepEqual(open({ ...input, run: begun }, gated).names, ['b']);
  });
});

describe('going back', () => {
  const back = run({ direction: 'Back' });
  const current = ['a', 'b', 'c'].map((cluster) => placed(assignment(cluster, 'bad'), 'Healthy'));
  const waves = [
    { name: 'first', clusterSelector: { matchLabels: { first: 'yes' } } },
    { name: 'rest', maxConcurrent: 1, soak: '1h', approval: {} },
  ];
  const labels = new Map([['a', { first: 'yes' }]]);

  test('the failed go at once, the others from the last wave to the first, without soak or approval', () => {
    const broken = [
      placed(assignment('x', 'bad'), 'Unhealthy'),
      placed(assignment('y', 'bad'), 'Applying'),
      ...current,
    ];
    const { names, waiting } = open(
      { current: broken, wanted: wanted('a', 'b', 'c', 'x', 'y'), labels, run: back },
      { waves },
    );
    assert.deepEqual(names, ['x', 'y', 'b']);
    assert.equal(waiting.get('a'), 'is taken back after wave rest');
    const later = [placed(assignment('b'), 'Healthy'), placed(assignment('c'), 'Healthy'), ...current.slice(0, 1)];
    assert.deepEqual(open({ current: later, wanted: wanted('a', 'b', 'c'), labels, run: back }, { waves }).names, [
      'a',
    ]);
  });

  test('nobody is told to approve of it, and its failures do not stop it', () => {
    const failed = placed(assignment('b'), 'Unhealthy', minutesAgo(60));
    const {
      names,
      waves: told,
      failures,
    } = open(
      {
        current: [failed, ...current.slice(0, 1), ...current.slice(2)],
        wanted: wanted('a', 'b', 'c'),
        labels,
        run: back,
      },
      { waves },
    );
    assert.deepEqual([names, failures?.clusters], [['c'], ['b']]);
    assert.deepEqual(
      told.map(({ state, message, approvals }) => [state, message, approvals]),
      [
        ['Open', undefined, undefined],
        ['Open', undefined, undefined],
      ],
    );
  });

  test('a cluster that cannot be reached does not come back with what was taken from the others', () => {
    const lost = placed(assignment('b', 'bad'), 'Unreachable');
    const { names } = open(
      { current: [lost, ...current.slice(0, 1)], wanted: wanted('a', 'b'), labels, run: back },
      { waves },
    );
    assert.deepEqual(names, ['b', 'a']);
  });

  test('a pulled cord or a pause stops it as well', () => {
    const { names, waiting } = open(
      { current, wanted: wanted('a', 'b', 'c'), labels, run: back, brakes: [cord] },
      { waves },
    );
    assert.deepEqual([names, waiting.get('c')], [[], cord.message]);
  });
});
