import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RolloutRecord } from '../../generated/types.ts';
import type { Moves } from '../gate/moves.ts';
import { beginRun, type RunFacts } from './begin-run.ts';
import { isRejected, recordMoves } from './record-moves.ts';

const now = Date.UTC(2026, 0, 1, 12);
const later = now + 60_000;
const facts: RunFacts = { revision: 'shop-1', direction: 'Forward', hasOtherValues: false, by: 'alice' };

const nothing: Moves = {
  ...{
    set: [],
    leave: [],
    held: [],
    waiting: new Map(),
    waves: [],
    filled: [],
    asks: [],
    gone: new Set(),
    kept: new Map(),
  },
  usedApprovals: [],
  outcome: 'Unfinished',
};
const failures = { wave: 'first', clusters: ['a'], because: 'Deployment web: image not found' };

function record(remembered: RolloutRecord | undefined, run: RolloutRecord, moves: Partial<Moves>, at = now) {
  return recordMoves(remembered, run, { moves: { ...nothing, ...moves }, onFailure: 'Rollback', attempt: 1 }, at);
}

const first = record(undefined, beginRun(undefined, facts, now), {});
const proven = record(first, first, { outcome: 'Proven' }, later);

test('what clusters that keep replicas are to have is remembered for as long as they keep them, whether or not the rollout goes on', () => {
  const keeping = [{ cluster: 'a', replicas: { web: 5 } }];
  const keep = (before: RolloutRecord, more: { readonly keeping?: typeof keeping }) =>
    recordMoves(before, before, { moves: nothing, onFailure: 'Pause', attempt: 1, ...more }, later);
  const kept = keep(proven, { keeping });
  assert.deepEqual([kept.keeping, kept.sequence], [keeping, proven.sequence + 1]);
  assert.equal(keep(kept, { keeping }), kept);
  assert.deepEqual(keep(kept, {}), { ...proven, sequence: kept.sequence + 1 });
});

describe('the beginning of a rollout', () => {
  test('the first began when its Revision was made, even while nothing could remember it', () => {
    assert.equal(
      beginRun(undefined, { ...facts, revisionCreatedAt: now - 5000 }, now).startedAt,
      '2026-01-01T11:59:55Z',
    );
    assert.deepEqual([first.number, first.startedAt, first.by], [1, '2026-01-01T12:00:00Z', 'alice']);
  });

  test('the same target goes on with the same rollout, however often it is asked', () => {
    assert.equal(beginRun(first, facts, later), first);
    assert.equal(beginRun(proven, facts, later), proven);
  });

  test('another target supersedes it: waves start again, and the history says so', () => {
    const next = beginRun(first, { ...facts, revision: 'shop-2' }, later);
    assert.deepEqual([next.number, next.waves, next.startedAt], [2, [], '2026-01-01T12:01:00Z']);
    assert.deepEqual(
      next.history.map(({ number, outcome, endedAt }) => [number, outcome, endedAt]),
      [[1, 'Superseded', '2026-01-01T12:01:00Z']],
    );
  });

  test('other values of the same revision are a new rollout once the last has ended, and none before', () => {
    assert.equal(beginRun(proven, { ...facts, hasOtherValues: true }, later).number, 2);
    assert.equal(beginRun(first, { ...facts, hasOtherValues: true }, later), first);
  });

  test('the history keeps ten', () => {
    let current = first;
    for (let index = 2; index <= 14; index++)
      current = beginRun(current, { ...facts, revision: `shop-${index}` }, later);
    assert.deepEqual([current.number, current.history.length, current.history[0]?.number], [14, 10, 13]);
  });
});

describe('what is remembered of it', () => {
  test('waves that have taken in clusters, since when they are open, and who approved; a wave opened before keeps its time', () => {
    const wave = { name: 'first', isOpen: true, hasPassed: false, clusters: ['a'] };
    const prod = { name: 'prod', isOpen: true, hasPassed: false, clusters: ['b', 'c'], approvedBy: ['bob'] };
    const opened = record(first, first, { filled: [wave, { ...prod, isOpen: false }] });
    const both = record(opened, opened, { filled: [{ ...wave, hasPassed: true }, prod] }, later);
    assert.deepEqual(opened.waves[1], { name: 'prod', clusters: ['b', 'c'] }, 'it has drawn, and is not open yet');
    assert.deepEqual(both.waves, [
      { name: 'first', openedAt: '2026-01-01T12:00:00Z', passed: true, clusters: ['a'] },
      { name: 'prod', openedAt: '2026-01-01T12:01:00Z', clusters: ['b', 'c'], approvedBy: ['bob'] },
    ]);
    assert.ok(both.sequence > opened.sequence && opened.sequence > first.sequence);
    assert.equal(
      record(both, both, { filled: [{ ...wave, hasPassed: true }, prod] }, later + 1),
      both,
      'nothing new is nothing to write',
    );
  });

  test('a rollout that reached every cluster has ended; what was healthy everywhere is stable', () => {
    assert.deepEqual(
      [proven.endedAt, proven.stable, proven.history[0]?.outcome],
      ['2026-01-01T12:01:00Z', 'shop-1', 'Completed'],
    );
    const partly = record(first, first, { outcome: 'WithFailures' }, later);
    assert.deepEqual([partly.endedAt, partly.stable], ['2026-01-01T12:01:00Z', undefined]);
  });

  test('a revision that failed is rejected where there is something to go back to, until another attempt is asked for', () => {
    const second = beginRun(proven, { ...facts, revision: 'shop-2' }, later);
    const failed = record(proven, second, { failures }, later);
    assert.deepEqual([isRejected(failed, 'shop-2', 1), isRejected(failed, 'shop-2', 2)], [true, false]);
    const back = beginRun(failed, { ...facts, revision: 'shop-1', direction: 'Back' }, later);
    assert.deepEqual(
      [back.history[0]?.outcome, back.history[0]?.message],
      ['RolledBack', '1 of wave first failed, more than may (a): Deployment web: image not found'],
    );
    assert.equal(isRejected(back, 'shop-2', 1), true, 'it is remembered after the rollback has begun');
  });

  test('nothing that is remembered is longer than the schema lets it be', () => {
    const second = beginRun(proven, { ...facts, revision: 'shop-2' }, later);
    const clusters = ['a', 'b', 'c'].map((name) => name.repeat(253));
    const crowd = Array.from({ length: 12 }, (_, index) => `person-${index}`);
    const fleet = Array.from({ length: 6000 }, (_, index) => `c${index}`);
    const filled = [{ name: 'prod', isOpen: true, hasPassed: false, clusters: fleet, approvedBy: crowd }];
    const { rejected, waves } = record(proven, second, { filled, failures: { wave: 'prod', clusters } }, later);
    assert.deepEqual(
      [rejected[0]?.reason.length, waves[0]?.approvedBy?.length, waves[0]?.clusters?.length],
      [512, 10, 5000],
    );
  });

  test('the first rollout ever and a rollback have nothing to go back to', () => {
    assert.deepEqual(record(first, first, { failures }).rejected, []);
    const back = beginRun(proven, { ...facts, revision: 'shop-0', direction: 'Back' }, later);
    assert.deepEqual(record(proven, back, { failures }).rejected, []);
  });
});

test('a way back keeps the waves by which clusters came, and a way forward draws them anew', () => {
  const filled = [{ name: 'first', isOpen: true, hasPassed: false, clusters: ['a'] }];
  const opened = record(proven, beginRun(proven, { ...facts, revision: 'shop-2' }, later), { filled }, later);
  const back = beginRun(opened, { ...facts, direction: 'Back' }, later);
  assert.deepEqual(back.waves, [{ name: 'first', clusters: ['a'] }]);
  assert.deepEqual(beginRun(opened, { ...facts, revision: 'shop-3' }, later).waves, []);
});

test('a rollout that has ended forgets clusters that are gone; one that goes on remembers where they belong', () => {
  const filled = [{ name: 'first', isOpen: true, hasPassed: false, clusters: ['a', 'b'] }];
  const gone = new Set(['b']);
  const opened = record(first, first, { filled, gone });
  assert.deepEqual(opened.waves[0]?.clusters, ['a', 'b']);
  const ended = record(opened, opened, { filled, outcome: 'Proven' }, later);
  const after = record(ended, ended, { filled, gone }, later + 1000);
  assert.deepEqual([after.waves[0]?.clusters, after.sequence], [['a'], ended.sequence + 1]);
  assert.equal(record(after, after, { filled, gone }, later + 2000), after);
});
