import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rollout } from '../../generated/types.ts';
import { observedSlices } from '../../slices/observed-slices.ts';
import { entryHash, type PlacedAssignment } from '../../slices/placed-assignment.ts';
import { assignment, minutesAgo, now, open, placed, run, wanted } from './gate-fixtures.ts';

/** What has hurt users of others, as it would have to happen here. */
const twoWaves: Rollout = {
  waves: [
    { name: 'canary', clusterSelector: { matchLabels: { canary: 'yes' } } },
    { name: 'rest', maxConcurrent: 1 },
  ],
};
const labels = new Map([['a', { canary: 'yes' }]]);

function healthy(revision: string, ...clusters: readonly string[]): readonly PlacedAssignment[] {
  return clusters.map((cluster) => placed(assignment(cluster, revision), 'Healthy', minutesAgo(60)));
}

/** The entries of a slice whose spec says one thing while its status may still speak of another. */
function entriesOf(spec: ReturnType<typeof assignment>, reported: ReturnType<typeof assignment>) {
  const status = {
    ...{ cluster: reported.cluster, entry: entryHash(reported), revision: reported.revision, phase: 'Healthy' },
    ...{ sequence: reported.sequence ?? 0, objects: { desired: 1, ready: 1 }, messages: [], since: minutesAgo(60) },
  };
  const slice = {
    ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice', metadata: { name: 's' } },
    spec: { clusterSet: { namespace: 'platform', name: 'all' }, assignments: [spec] },
    status: { assignments: [status] },
  };
  return observedSlices(new Map([['s', JSON.parse(JSON.stringify(slice))]])).flatMap(({ entries }) => entries);
}

describe('stale health opens no wave (Argo CD 29410: a step went on while the one before still reported its old health)', () => {
  const next = wanted('a', 'b');

  test('the health of the entry before says nothing about the one that is written', () => {
    const [written, before] = [assignment('a', 'new', { sequence: 3 }), assignment('a', 'old')];
    const stale = entriesOf(written, before);
    assert.deepEqual(open({ current: [...stale, ...healthy('old', 'b')], wanted: next, labels }, twoWaves).names, []);
    const fresh = entriesOf(written, written);
    assert.deepEqual(open({ current: [...fresh, ...healthy('old', 'b')], wanted: next, labels }, twoWaves).names, [
      'b',
    ]);
  });

  test('nor does it when the same revision is set once more', () => {
    const current = entriesOf(assignment('a', 'new', { sequence: 3 }), assignment('a', 'new'));
    assert.deepEqual(open({ current: [...current, ...healthy('old', 'b')], wanted: next, labels }, twoWaves).names, []);
  });
});

describe('clusters that come or go abort nothing (KubeFleet 733: a run fails for good when its clusters change)', () => {
  const opened = [{ name: 'canary', openedAt: minutesAgo(9) }];
  const meanwhile = new Map([['j', assignment('j', 'old')]]);
  const input = { labels, meanwhile, run: run({ stable: 'old', waves: opened }) };

  test('one that joins before the turn of its wave gets what was healthy everywhere', () => {
    const canary = placed(assignment('a'), 'Applying', minutesAgo(1));
    const { set, failures } = open(
      { ...input, current: [canary, ...healthy('old', 'b')], wanted: wanted('a', 'b', 'j') },
      twoWaves,
    );
    assert.deepEqual(
      set.map(({ cluster, revision }) => `${cluster} ${revision}`),
      ['j old'],
    );
    assert.equal(failures, undefined);
  });

  test('one that leaves holds nobody up, however far it was', () => {
    const leaving = placed(assignment('b', 'new', { state: 'Leaving' }), 'Leaving');
    const stuck = placed(assignment('c'), 'Unhealthy', minutesAgo(60));
    const current = [...healthy('new', 'a'), leaving, stuck, ...healthy('old', 'd')];
    const { names, leave, failures } = open(
      { ...input, current, wanted: wanted('a', 'd'), unwanted: new Set(['b', 'c']) },
      { ...twoWaves, maxRemovals: 2 },
    );
    assert.deepEqual([names, leave, failures], [['d'], ['c'], undefined]);
  });

  test('a whole wave that leaves opens the next', () => {
    const leaving = placed(assignment('a', 'new', { state: 'Leaving' }), 'Leaving');
    const { names } = open({ ...input, current: [leaving, ...healthy('old', 'b')], wanted: wanted('b') }, twoWaves);
    assert.deepEqual(names, ['b']);
  });
});

describe('no rollout is stuck for ever without a word (KubeFleet retries and waits without a deadline)', () => {
  test('after 10 minutes a cluster that does not get healthy has failed, and every other says so', () => {
    const look = (minutes: number) =>
      open(
        {
          current: [placed(assignment('a'), 'Unhealthy', minutesAgo(minutes)), ...healthy('old', 'b')],
          ...{ wanted: wanted('a', 'b'), labels },
        },
        twoWaves,
      );
    const early = look(9);
    assert.deepEqual([early.failures, early.nextDecisionAt], [undefined, now + 60_000]);
    const late = look(10);
    assert.deepEqual(late.failures, { wave: 'canary', clusters: ['a'] });
    assert.match(late.waiting.get('b') ?? '', /wave canary|failed/);
    assert.equal(late.outcome, 'Unfinished');
  });

  test('a last wave of which too many have failed is no end of the rollout', () => {
    const failed = placed(assignment('b'), 'Unhealthy', minutesAgo(60));
    const { outcome, failures } = open(
      { current: [...healthy('new', 'a'), failed], wanted: wanted('a', 'b'), labels },
      twoWaves,
    );
    assert.deepEqual([outcome, failures], ['Unfinished', { wave: 'rest', clusters: ['b'] }]);
  });
});

test('a first creation does not go everywhere at once (Argo CD 11924: new Applications ignored the steps)', () => {
  const everywhere = Array.from({ length: 40 }, (_, index) => `c${index}`);
  for (const policy of [{}, { maxConcurrent: '100%' }, { maxJoining: '100%' }] satisfies readonly Rollout[]) {
    assert.equal(open({ current: [], wanted: wanted(...everywhere) }, policy).names.length, 1);
  }
  assert.deepEqual(open({ current: [], wanted: wanted('a', 'b', 'c'), labels }, twoWaves).names, ['a']);
});

test('a cluster that is being cleared is not assigned again (OCM 472: work was created on a terminating cluster)', () => {
  const leaving = placed(assignment('b', 'new', { state: 'Leaving' }), 'Leaving');
  for (const progress of [{}, { endedAt: minutesAgo(1), stable: 'new' }, { direction: 'Back' as const }]) {
    const { names, waiting } = open(
      { current: [...healthy('new', 'a'), leaving], wanted: wanted('a', 'b'), labels, run: run(progress) },
      twoWaves,
    );
    assert.deepEqual(names, []);
    assert.match(waiting.get('b') ?? '', /is still leaving/);
  }
});

test('a target that was left before any cluster got it ends when its predecessor is asked for again', () => {
  const untouched = ['a', 'b'].map((cluster) => placed(assignment(cluster, 'new', { sequence: 1 }), 'Healthy'));
  const { outcome } = open(
    { current: untouched, wanted: wanted('a', 'b'), labels, run: run({ stable: 'new' }) },
    twoWaves,
  );
  assert.equal(outcome, 'Proven');
});
